/** The one provider; the version that the whole suite has passed with. */
export const providerSource = "hashicorp/aws";
export const providerVersion = "5.100.0";

/** The first Terraform, and the first OpenTofu, with write-only arguments. */
export const requiredVersion = ">= 1.11";
