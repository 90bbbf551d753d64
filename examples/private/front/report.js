const url = process.env.PRICES_URL;

fetch(`${url}/report`).then(async (answer) =>
  console.log(`report from ${url}: ${(await answer.text()).trim()}`),
);
