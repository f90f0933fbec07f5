/** One text for each reason; a missing one does not compile. */
export type Texts<P extends { readonly reason: string }> = {
  readonly [R in P["reason"]]: (problem: Extract<P, { readonly reason: R }>) => string;
};

/** What is said of a problem. */
export function textOf<P extends { readonly reason: string }>(texts: Texts<P>, problem: P): string {
  const say = texts[problem.reason as P["reason"]] as (problem: P) => string;
  return say(problem);
}
