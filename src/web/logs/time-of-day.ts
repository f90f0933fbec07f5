/** Milliseconds since the epoch as `10:12:31.045` in the viewer's zone; nothing where it is not known. */
export function timeOfDay(time: number | undefined): string {
  if (time === undefined || time === 0) return "";
  const at = new Date(time);
  const digits = (value: number, length = 2): string => `${value}`.padStart(length, "0");
  return `${digits(at.getHours())}:${digits(at.getMinutes())}:${digits(at.getSeconds())}.${digits(at.getMilliseconds(), 3)}`;
}
