// Reads a QR code from a picture: the browser's own reader where there is one, else ours.

export async function makeDecoder() {
  if (await hasNativeReader()) {
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    return async (picture) => (await reader.detect(picture))[0]?.rawValue ?? "";
  }
  const { prepareZXingModule, readBarcodes } = await import("../vendor/zxing/reader/index.js");
  const wasm = new URL("../vendor/zxing/reader/zxing_reader.wasm", import.meta.url).href;
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (picture) => {
    canvas.width = picture.videoWidth;
    canvas.height = picture.videoHeight;
    pen.drawImage(picture, 0, 0);
    const image = pen.getImageData(0, 0, canvas.width, canvas.height);
    const [found] = await readBarcodes(image, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    return found?.text ?? "";
  };
}

async function hasNativeReader() {
  if (!("BarcodeDetector" in window)) return false;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}
