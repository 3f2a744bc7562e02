// Reads what a badge's QR carries, and checks its signature on the device. No network is needed.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const TEXT_LENGTH = 128;
const SIGNED_LENGTH = 21;
const VERSION = 1;

// {code} of a genuine badge of this event, or {reason}; a text that is no badge is {text}.
export async function readToken(text, { tag, keys }) {
  const badge = text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, "").toUpperCase();
  if (badge.length !== TEXT_LENGTH) return { text: badge };
  const bytes = decoded(badge);
  if (!bytes || bytes[0] >> 4 !== VERSION) return { text: badge, reason: "unknown" };
  const [signed, signature] = [bytes.slice(0, SIGNED_LENGTH), bytes.slice(SIGNED_LENGTH)];
  if (hex(signed.slice(1, 5)) !== tag) return { text: badge, reason: "other_event" };
  const key = keys.find((one) => one.id === (signed[0] & 0x0f));
  const isGenuine = key && (await verify(signature, signed, fromHex(key.public_key)));
  return isGenuine ? { code: hex(signed.slice(5)) } : { text: badge, reason: "bad_signature" };
}

// base45 (RFC 9285): three letters are two bytes, two letters the last one; null for what is not.
export function decoded(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((letter) => ALPHABET.indexOf(letter));
    if (digits.includes(-1) || digits.length === 1) return null;
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (value > (digits.length === 3 ? 0xffff : 0xff)) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

async function verify(signature, signed, key) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, signed);
  } catch {
    const { verifyAsync } = await import("../../vendor/ed25519/index.js");
    return verifyAsync(signature, signed, key).catch(() => false);
  }
}

// 96 bits of a keyed hash stand for a badge or a code; only the server can tell whose.
export const handleOf = (text, handleKey) => keyedHash(text, handleKey, 12);

// So many bytes of the hash, as hexadecimal.
export async function keyedHash(text, handleKey, bytes) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromHex(handleKey), algorithm, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return hex(new Uint8Array(signed).slice(0, bytes));
}

export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}
