// A QR code as a picture, drawn on the device.

let ready = null;

export async function qrPicture(text) {
  const { writeBarcode } = await (ready ??= prepared());
  const drawn = await writeBarcode(text, { format: "QRCode", scale: 8, options: "ecLevel=M" });
  return `data:image/svg+xml,${encodeURIComponent(drawn.svg)}`;
}

async function prepared() {
  const writer = await import("../../vendor/zxing/writer/index.js");
  const wasm = new URL("../../vendor/zxing/writer/zxing_writer.wasm", import.meta.url).href;
  await writer.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return writer;
}
