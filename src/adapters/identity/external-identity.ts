/** Somebody as a provider or a directory knows them. */
export interface ExternalIdentity {
  /** What they are known again by; never empty. */
  readonly subject: string;
  /** What an account would be called; may be empty. */
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly groups: readonly string[];
}
