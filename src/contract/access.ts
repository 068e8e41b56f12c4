/** What a contract's calls have to say of themselves besides their form. */
export type Declares<Access> = {
  access: Access;
  /** Why personal data leaves by this call as it is; of every other call it is masked. */
  whole?: string;
};

/** The calls of a contract that declare such an access, in the contract's own shape; groups without any are left out. */
export type CallsWith<Contract, Access> = Contract extends { '~orpc': { meta: infer Meta } }
  ? Meta extends Declares<Access>
    ? Contract
    : never
  : {
      [
        Name in keyof Contract as [CallsWith<Contract[Name], Access>] extends [never] ? never : Name
      ]: CallsWith<Contract[Name], Access>;
    };
