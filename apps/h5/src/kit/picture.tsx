import { webAddress } from '@yajin/web';
import { useState, type ReactNode } from 'react';

/** A camp's poster, or its name where the picture does not come. */
export function Poster({ url, name }: { url: string; name: string }): ReactNode {
  const [lost, setLost] = useState(false);
  const address = webAddress(url);
  if (address === null || lost)
    return (
      <div className="poster lost" aria-hidden="true">
        {name}
      </div>
    );
  return (
    <img
      className="poster"
      src={address}
      alt=""
      width="750"
      height="422"
      decoding="async"
      onError={() => setLost(true)}
    />
  );
}
