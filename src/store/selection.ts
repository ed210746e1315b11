/** Up to so many messages a change names one by one; beyond, loading afresh is cheaper. */
export const LISTED_CHANGES = 200;
