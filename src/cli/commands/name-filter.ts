/**
 * A test of project names against the patterns of `-k` and `-d`: a name passes in which the first is found and the
 * second is not. `None` and an empty pattern let everything pass. Throws SyntaxError for what is no regular expression.
 */
export function nameFilter(keyword: string | undefined, exclude: string | undefined): (name: string) => boolean {
  const wanted = pattern(keyword);
  const unwanted = pattern(exclude);
  return (name) => (wanted?.test(name) ?? true) && !(unwanted?.test(name) ?? false);
}

function pattern(text: string | undefined): RegExp | undefined {
  return text === undefined || text === "" || text === "None" ? undefined : new RegExp(text, "u");
}
