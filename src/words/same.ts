/** The shape of a Chinese catalogue with any words in it: an English one has every key of it, and no other. */
export type Same<Catalogue> = {
  readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : Same<Catalogue[Key]>;
};
