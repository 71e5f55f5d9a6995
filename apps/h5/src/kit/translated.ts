interface Native {
  appendChild: (this: Node, node: Node) => Node;
  insertBefore: (this: Node, node: Node, before: Node | null) => Node;
  removeChild: (this: Node, child: Node) => Node;
}

/**
 * A browser that translates the page puts `<font>` elements in the place of its texts, and React goes on writing to, moving and removing
 * the texts that are not there any more: nothing changes, or all of it breaks (https://github.com/facebook/react/issues/11538).
 * From here on a text that is written to comes back, for the translator to see, and whatever is done to one is done to what stands in its place.
 */
export function outliveTranslation(root: Node): void {
  const standIns = new WeakMap<Node, Node>();
  const standing = new WeakSet<Node>();
  const written = new MutationObserver((records) => {
    for (const { target } of records) {
      const standIn = standIns.get(target);
      if (target.parentNode === null) standIn?.parentNode?.replaceChild(target, standIn);
    }
  });
  new MutationObserver((records) => {
    for (const { removedNodes, addedNodes, previousSibling, nextSibling } of records) {
      const [text] = removedNodes;
      if (!(text instanceof Text) || text.parentNode !== null) continue;
      const near = [...addedNodes, previousSibling, nextSibling];
      const standIn = near.find((node) => node?.nodeName === 'FONT' && !standing.has(node));
      if (!standIn) continue;
      standIns.set(text, standIn);
      standing.add(standIn);
      written.observe(text, { characterData: true });
    }
  }).observe(root, { childList: true, subtree: true });

  /** Who stands below `parent` for a child that React believes to be there. */
  const below = <Child extends Node>(parent: Node, child: Child): Node | null => {
    if (child.parentNode === parent) return child;
    const standIn = standIns.get(child);
    return standIn?.parentNode === parent ? standIn : null;
  };
  const native: Native = Node.prototype;
  const { appendChild, insertBefore, removeChild } = native;
  Node.prototype.removeChild = function <Child extends Node>(this: Node, child: Child): Child {
    const there = below(this, child);
    // What is nowhere is removed; what is elsewhere is somebody's mistake.
    if (there !== null || child.parentNode !== null) removeChild.call(this, there ?? child);
    return child;
  };
  Node.prototype.insertBefore = function <Child extends Node>(
    this: Node,
    node: Child,
    before: Node | null,
  ): Child {
    leave(node);
    insertBefore.call(
      this,
      node,
      before && (below(this, before) ?? (before.parentNode === null ? null : before)),
    );
    return node;
  };
  Node.prototype.appendChild = function <Child extends Node>(this: Node, node: Child): Child {
    leave(node);
    appendChild.call(this, node);
    return node;
  };
  /** Before a text is put somewhere, nothing stands for it where it was. */
  const leave = (node: Node): void => {
    const standIn = standIns.get(node);
    if (node.parentNode === null && standIn?.parentNode) removeChild.call(standIn.parentNode, standIn);
  };
}
