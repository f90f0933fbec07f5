/**
 * A test of project names against the patterns of `-k` and `-d`: a name passes in which the first is found and the
 * second is not. `None` and an empty pattern let everything pass. Throws SyntaxError for what is no regular expression.
 */
export function nameFilter(keyword: string | undefined, exclude: string | undefined): (name: string) => boolean {
  const wanted = namePattern(keyword);
  const unwanted = namePattern(exclude);
  return (name) => (wanted?.test(name) ?? true) && !(unwanted?.test(name) ?? false);
}

/** One pattern; undefined where it lets everything pass. */
export function namePattern(text: string | undefined): RegExp | undefined {
  if (text === undefined || text === "" || text === "None") return undefined;
  // Old work orders escape as Python allows (`my\-demo`), which the Unicode mode of JavaScript refuses.
  return new RegExp(text);
}
