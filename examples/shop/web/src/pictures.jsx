import { useState } from "preact/hooks";
import { call } from "./api.js";
import { useFetched } from "./use-fetched.js";

export function Pictures() {
  const { value: keys, error } = useFetched("/uploads", 3000);
  const [problem, setProblem] = useState();
  const upload = async (event) => {
    const [file] = event.currentTarget.files;
    if (file === undefined) return;
    setProblem(undefined);
    const request = { method: "POST", headers: { "content-type": file.type }, body: file };
    await call("/uploads", request).catch((e) => setProblem(e.message));
  };
  return (
    <>
      <h1>Pictures from customers</h1>
      <label class="upload">
        Add yours <input type="file" accept="image/*" onChange={upload} />
      </label>
      {(error ?? problem) && <p class="error">{error ?? problem}</p>}
      <ul class="pictures">
        {(keys ?? []).map((key) => (
          <li key={key}>
            <img src={`/api/uploads/${key}`} alt="" loading="lazy" />
          </li>
        ))}
      </ul>
    </>
  );
}
