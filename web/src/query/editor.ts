// The editor: YASQE, with completions from this graph only, and nothing kept in the browser.

import Yasqe from "@zazuko/yasqe";

import { askSparql } from "./asking";

const TERMS = `SELECT DISTINCT ?kind ?term WHERE {
  { VALUES ?class { owl:ObjectProperty owl:DatatypeProperty rdf:Property } ?term a ?class . BIND("property" AS ?kind) }
  UNION { ?statement rdf:predicate ?term . BIND("property" AS ?kind) }
  UNION { ?term a owl:Class . BIND("class" AS ?kind) }
  FILTER(isIRI(?term))
} ORDER BY ?term`;

export interface Editor {
  value: string;
  focus(): void;
}

export function makeEditor(box: HTMLElement, prefixes: Record<string, string>, run: () => void): Editor {
  addCompletions(prefixes);
  const options = {
    persistenceId: null,
    consumeShareLink: null,
    // the page's own address is what is shared
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "260px",
    autocompleters: ["graph-prefixes", "graph-properties", "graph-classes", "variables"],
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": () => editor.autocomplete(), Esc: () => editor.getInputField().blur() },
  };
  // its types lack what it takes from CodeMirror
  const editor: Yasqe = new Yasqe(box, options as unknown as ConstructorParameters<typeof Yasqe>[1]);
  editor.getInputField().setAttribute("aria-label", "SPARQL query; Escape leaves the editor, Control and Enter ask it");
  return {
    get value() {
      return editor.getValue();
    },
    set value(text: string) {
      if (text !== editor.getValue()) editor.setValue(text);
    },
    focus: () => editor.focus(),
  };
}

let isAdded = false;

function addCompletions(prefixes: Record<string, string>): void {
  if (isAdded) return;
  isAdded = true;
  const declarations = Object.entries(prefixes).map(([prefix, space]) => `${prefix}: <${space}>`);
  const header = Object.entries(prefixes).map(([prefix, space]) => `PREFIX ${prefix}: <${space}>`);
  const terms = askSparql(`${header.join("\n")}\n${TERMS}`).then(
    (answer) => answer.rows,
    () => [],
  );
  const ofKind = (kind: string) => async (): Promise<string[]> =>
    (await terms).filter((row) => row["kind"]?.value === kind).map((row) => row["term"]?.value ?? "");
  const own = { bulk: true, persistenceId: null };
  Yasqe.forkAutocompleter("prefixes", { ...own, name: "graph-prefixes", get: () => declarations.sort() }, false);
  Yasqe.forkAutocompleter("property", { ...own, name: "graph-properties", get: ofKind("property"), autoShow: true }, false);
  Yasqe.forkAutocompleter("class", { ...own, name: "graph-classes", get: ofKind("class"), autoShow: true }, false);
}
