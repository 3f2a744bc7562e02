// One window of a device at a time: what another has scanned since this one opened, this one does not know.

// Resolves once the gate called `name` is this window's; the one that had it before is told by `lost`.
export function takeOver(name, lost) {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((mine) => {
    const hold = () => new Promise(() => mine());
    navigator.locks.request(name, { steal: true }, hold).catch(lost);
  });
}
