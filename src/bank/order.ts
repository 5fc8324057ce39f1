/** A seeded order: the same seed gives the same order on every machine, another seed another one. */

/** 53 bits from a text: two multiplicative mixes over its code units. Not for secrets. */
export function hashText(text: string): number {
  let low = 0x9e3779b9 ^ text.length;
  let high = 0x7f4a7c15;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    high = Math.imul(high ^ unit, 0xc2b2ae35);
    low ^= high >>> 15;
  }
  low = Math.imul(low ^ (low >>> 16), 0x27d4eb2f) ^ Math.imul(high ^ (high >>> 13), 0x165667b1);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca77) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae3d);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

export function keyOf(...parts: readonly (string | number)[]): number {
  return hashText(parts.join('\u001f'));
}
