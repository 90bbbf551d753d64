/** A terminal that keeps what one would see: it knows line ends, going up, and erasing to the end. */
export interface FakeTerminal {
  columns: number;
  rows: number;
  write(text: string): boolean;
  /** Lines on the screen, without trailing empty ones. */
  seen(): readonly string[];
}

export function createFakeTerminal(columns: number, rows: number): FakeTerminal {
  let lines: string[] = [""];
  let row = 0;
  const put = (letter: string): void => {
    if (letter === "\n") {
      row += 1;
      lines[row] ??= "";
    } else lines[row] += letter;
  };
  return {
    columns,
    rows,
    write(text) {
      const [plain = "", ...sequences] = text.split("\u001b[");
      for (const letter of plain) put(letter);
      for (const sequence of sequences) {
        const [all = "", count = "", code = ""] = /^(\d+)([AJ])/.exec(sequence) ?? [];
        if (code === "A") row = Math.max(0, row - Number(count));
        if (code === "J" && count === "0") lines = [...lines.slice(0, row), ""];
        for (const letter of sequence.slice(all.length)) put(letter);
      }
      return true;
    },
    seen: () => lines.join("\n").trimEnd().split("\n"),
  };
}
