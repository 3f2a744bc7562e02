// What the QR of a badge says that a device printed without the server: a handle, sealed with the event's key.

import { handleOf, keyedHash } from "./token.js";

const HEAD = "GG1P";
const HANDLE_LENGTH = 24;
const SEAL_BYTES = 8;
const LENGTH = HEAD.length + HANDLE_LENGTH + 2 * SEAL_BYTES;

// Of the badge of somebody who is registered here. Another than the code's own: a badge may be lost, the code stays.
export const walkInHandle = (code, handleKey) => handleOf(`walk-in ${code}`, handleKey);

export async function provisionalText(handle, handleKey) {
  return `${HEAD}${handle}${await sealOf(handle, handleKey)}`.toUpperCase();
}

// null for a text that is none; else {handle}. One that no device of the event made is nobody's, whomever it names.
export async function readProvisional(text, handleKey) {
  const read = text.trim().toUpperCase();
  if (read.length !== LENGTH || !read.startsWith(HEAD)) return null;
  const handle = read.slice(HEAD.length, -2 * SEAL_BYTES).toLowerCase();
  if (read === (await provisionalText(handle, handleKey))) return { handle, reason: null };
  return { handle: await handleOf(read, handleKey), reason: "bad_signature" };
}

const sealOf = (handle, handleKey) => keyedHash(`provisional ${handle}`, handleKey, SEAL_BYTES);
