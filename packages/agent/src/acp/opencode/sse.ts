/** Cuts a server-sent event stream into the `data` texts of its events. Lines may come in any pieces. */
export function sseReader(onEvent: (text: string) => void): (chunk: string) => void {
  let rest = '';
  let lines: string[] = [];
  return (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop() ?? '';
    for (const line of parts) {
      if (line.startsWith('data:')) lines.push(line.slice('data:'.length).trimStart());
      if (line !== '' || lines.length === 0) continue;
      onEvent(lines.join('\n'));
      lines = [];
    }
  };
}
