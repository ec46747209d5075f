/** Whether a decimal is a share 比例 as people set it: between 0 and 1, at most two places. */
export function isShare(text: string): boolean {
  return /^(0(\.\d{1,2})?|1(\.0{1,2})?)$/.test(text);
}
