/** The hue (0 to 359 degrees) of a label, the same for the same name in whatever case. */
export function labelHue(name: string): number {
  let hash = 2_166_136_261;
  for (const letter of name.toLowerCase()) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) % 360;
}
