import type { ReactNode } from 'react';

/** A page: its title, quieter actions, and one primary action always at the top right. */
export function Page({
  title,
  tags,
  actions,
  primary,
  children,
}: {
  title: ReactNode;
  tags?: ReactNode;
  actions?: ReactNode;
  primary?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="heshi-page">
      <div className="heshi-page-header">
        <h1>{title}</h1>
        {tags}
        {actions}
        {primary}
      </div>
      {children}
    </div>
  );
}
