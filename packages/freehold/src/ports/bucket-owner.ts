import type { S3 } from "@aws-sdk/client-s3";

/**
 * Has every call on a bucket name the account that must own it, so that a bucket of that name in another account is neither
 * read nor written (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html).
 *
 * @param account Number of the caller's account; asked for once, by the first call.
 */
export function withBucketOwner(s3: S3, account: () => Promise<string | undefined>): S3 {
  s3.middlewareStack.add(
    (next) => async (args) => next({ ...args, input: owned(args.input, await account()) }),
    {
      step: "initialize",
      name: "expectedBucketOwner",
    },
  );
  return s3;
}

function owned<Input extends object>(input: Input, account: string | undefined): Input {
  if (account === undefined || !("Bucket" in input)) return input;
  const source = "CopySource" in input ? { ExpectedSourceBucketOwner: account } : {};
  return { ExpectedBucketOwner: account, ...source, ...input };
}
