/** Long messages are written over several lines. */
export const oneLine = (text: string): string => text.trim().replace(/\n\s*/g, ' ');
