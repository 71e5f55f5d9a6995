export default function setup(): Promise<undefined>;
