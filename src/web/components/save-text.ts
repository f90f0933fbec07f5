/** Has the browser save a text as a file. */
export function saveText(fileName: string, text: string, type = "text/plain"): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it over by then; a page that is left frees it anyway.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
