import { useState, type ReactNode } from 'react';

/** A camp's poster, or its name where the picture does not come. */
export function Poster({ url, name }: { url: string; name: string }): ReactNode {
  const [lost, setLost] = useState(false);
  if (lost)
    return (
      <div className="poster lost" aria-hidden="true">
        {name}
      </div>
    );
  return (
    <img
      className="poster"
      src={url}
      alt=""
      width="750"
      height="422"
      decoding="async"
      onError={() => setLost(true)}
    />
  );
}
