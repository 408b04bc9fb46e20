// A photo as it leaves the phone: small, and with nothing in it but the picture. Drawing it anew leaves place and device behind.
export const MOST_BYTES = 300_000;
const SIDES = [1600, 1280, 1024, 800, 480];
const QUALITIES = [0.8, 0.65, 0.5];

const encoded = (canvas, quality) => new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });

// Give the bytes of a JPEG of 300 kB at most, or nothing where the file is no picture that this browser reads.
export async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return null;
  const canvas = document.createElement("canvas");
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const blob = await encoded(canvas, quality);
      if (blob?.size <= MOST_BYTES) return new Uint8Array(await blob.arrayBuffer());
    }
  }
  return null;
}
