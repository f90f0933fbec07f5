/** JSON on one line with the spaces that Python and so Ansible print: `{"changed": false, "list": [1, 2]}`. */
export function pythonJson(value: unknown): string {
  // Line breaks inside strings are escaped, so those left are the layout's.
  return JSON.stringify(value, undefined, 1)
    .replaceAll(/,\n\s*/g, ", ")
    .replaceAll(/\n\s*/g, "");
}
