// IRIs as people write them: with the vocabulary's prefixes.

export class Names {
  private readonly spaces: [prefix: string, space: string][];

  constructor(readonly prefixes: Record<string, string>) {
    this.spaces = Object.entries(prefixes).sort(([, one], [, other]) => other.length - one.length);
  }

  /** The short form of an IRI, or the IRI. */
  short(iri: string): string {
    const found = this.spaces.find(([, space]) => iri.startsWith(space));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  }
}
