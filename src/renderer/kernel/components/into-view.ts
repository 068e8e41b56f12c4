/** As a ref: what has just been drawn is brought onto the screen, however far down a form the person is. */
export const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
