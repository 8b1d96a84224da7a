/** The files in what was dropped or pasted; folders and text are none. A pasted picture gets a name that tells it from others. */
export function handedFiles(
  transfer: Pick<DataTransfer, 'items'> | null,
  pastedAt: Date | null = null,
): readonly File[] {
  const items = [...(transfer?.items ?? [])];
  return items.flatMap((item) => {
    if (item.kind !== 'file' || item.webkitGetAsEntry?.()?.isDirectory) return [];
    const file = item.getAsFile();
    return file ? [pastedAt === null ? file : named(file, pastedAt)] : [];
  });
}

/** Browsers call every pasted picture `image.png`. */
function named(file: File, at: Date): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  return new File([file], `pasted ${day} ${time}.${file.name.split('.').at(-1)}`, { type: file.type });
}
