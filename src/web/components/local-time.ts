/** A moment as an input of type `datetime-local` has it, in the viewer's zone, to the minute. */
export function localMinute(moment: Date): string {
  return `${dateOf(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** A moment in ISO 8601 with the viewer's offset. */
export function withOffset(moment: Date): string {
  const minutes = -moment.getTimezoneOffset();
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${localMinute(moment)}:${two(moment.getSeconds())}${offset}`;
}

function dateOf(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
