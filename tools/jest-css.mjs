// In place of a style sheet: jsdom draws nothing.
export default {};
