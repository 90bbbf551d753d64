/** A port that a source file listens on by default: `":8080"`, `PORT || 3000`, `port=5000`, `listen(4000)`. */
export function portIn(text: string): number | undefined {
  const match =
    /["'`](?:0\.0\.0\.0|localhost|127\.0\.0\.1)?:(\d{4,5})["'`]/.exec(text) ??
    /PORT["'\])]*\s*(?:\|\||\?\?|,)\s*["']?(\d{2,5})/.exec(text) ??
    /\bport\s*[=:]\s*["']?(\d{4,5})\b/i.exec(text) ??
    /\.listen\(\s*(\d{2,5})\b/.exec(text) ??
    /["'](\d{4,5})["']/.exec(behind(text, "PORT"));
  const port = Number(match?.[1]);
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** What follows the first time that a word stands in a text; nothing where it does not. */
function behind(text: string, word: string): string {
  const at = text.indexOf(word);
  return at < 0 ? "" : text.slice(at + word.length);
}
