import { useEffect, useState, type ReactNode } from 'react';

/** A QR code as an image that a phone can also save. */
export function Code({ text, label }: { text: string; label: string }): ReactNode {
  const [image, setImage] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    // Only a desktop needs it.
    import('qrcode')
      .then(({ toDataURL }) => toDataURL(text, { margin: 1, width: 440 }))
      .then(
        (made) => {
          if (!gone) setImage(made);
        },
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [text]);
  return image === null ? (
    <div className="code" />
  ) : (
    <img className="code" src={image} alt={label} width="220" height="220" />
  );
}
