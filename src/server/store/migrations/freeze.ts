/** Requests that run in spite of a freeze window, and why. */
export const FREEZE = `
alter table request add break_glass text;
`;
