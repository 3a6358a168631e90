// @mica/linera: the place of a drop-in for @linera/client over @mica/client. There is nothing in it
// yet, and it is not published.
export {};
