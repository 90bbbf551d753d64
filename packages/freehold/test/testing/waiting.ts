/**
 * Cases that need a part of the language which is not built yet, by what it is. Their `expected.json` says what each service
 * will become; the test fails as soon as one of them does, so that it is taken off this list and its resolution written down
 * in full (`npm run corpus -- <name>`, and read it).
 */
export const waiting: Readonly<Record<string, string>> = {};
