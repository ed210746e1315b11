/** RFC 3339 in UTC. @param ms since 1970 */
export function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
