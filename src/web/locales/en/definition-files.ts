export const definitionFiles = {
  title: "Export and import",
  about:
    "All definitions as one YAML file: to keep them in Git, or to take them to another console. Secrets are not in it; on import they stay as they are.",
  export: "Export",
  exportHelp: "Downloads gantry-definitions.yaml, without what has its default value.",
  import: "Import",
  importHelp:
    "YAML in the form of the export, or what skstack's manage.py dumpdata has written. What is there under the same name is changed where it differs, what is not there is made, nothing is deleted. All of it or nothing.",
  text: "File",
  choose: "Choose a file…",
  dryRun: "Show what would change",
  apply: (count: number) => (count === 1 ? "Import 1 change" : `Import ${count} changes`),
  nothing: "Nothing would change.",
  applied: (count: number) => (count === 1 ? "1 definition was imported." : `${count} definitions were imported.`),
  problems: (count: number) =>
    count === 1 ? "One problem: nothing can be imported." : `${count} problems: nothing can be imported.`,
  line: (line: number) => `line ${line}`,
  outcomes: { created: "new", changed: "changed", unchanged: "as it is" },
  unchanged: (count: number) => `${count} as they are`,
  userGroup: "user group",
};
