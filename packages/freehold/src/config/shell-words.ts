/** Words of a command line as Compose splits them: quotes and backslashes are understood, nothing is expanded. */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? "";
    if (letter === "\\" && quote !== "'") {
      index += 1;
      if (index >= text.length) return undefined;
      word = (word ?? "") + text[index];
    } else if (quote !== "") {
      if (letter === quote) quote = "";
      else word = (word ?? "") + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= "";
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + letter;
  }
  if (quote !== "") return undefined;
  return word === undefined ? words : [...words, word];
}

/** The argv of a task's command: plain words, or a shell where the text needs one. */
export function taskCommand(text: string): readonly string[] | undefined {
  return needsShell(text) ? ["sh", "-c", text] : splitWords(text);
}

/** Outside single quotes, any of these means something to a shell only; `NAME=value command` as well. */
function needsShell(text: string): boolean {
  const open = text.replaceAll(/'[^']*'/g, "");
  return /[&|;<>()$`*?~\n]/.test(open) || /^\s*[A-Za-z_][A-Za-z0-9_]*=/.test(text);
}
