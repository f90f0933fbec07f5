import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import IconDeviceDesktop from "@tabler/icons-react/icons/IconDeviceDesktop";
import IconLanguage from "@tabler/icons-react/icons/IconLanguage";
import IconMoon from "@tabler/icons-react/icons/IconMoon";
import IconSun from "@tabler/icons-react/icons/IconSun";
import type { ReactNode } from "react";
import { type Language, LANGUAGE_TAGS, LANGUAGES } from "../locales/catalogue.ts";
import { useLanguage, useText } from "../locales/language.tsx";

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const satisfies Record<
  MantineColorScheme,
  unknown
>;

/** The languages, inside a menu. */
export function LanguageItems() {
  const { language, choose, text } = useLanguage();
  return (
    <>
      <Menu.Label>{text.frame.language}</Menu.Label>
      <Menu.RadioGroup value={language} onChange={(value) => void choose(value as Language)}>
        {(Object.keys(LANGUAGES) as Language[]).map((each) => (
          <Menu.RadioItem key={each} value={each} lang={LANGUAGE_TAGS[each]}>
            {LANGUAGES[each]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** Light, dark, or as the system has it, inside a menu. */
export function ColourSchemeItems() {
  const { colourScheme } = useText().frame;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{colourScheme.label}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
        {(Object.keys(SCHEMES) as MantineColorScheme[]).map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {colourScheme[scheme]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** Buttons for both, where there is room. */
export function Preferences() {
  const text = useText().frame;
  const { colorScheme } = useMantineColorScheme();
  const SchemeIcon = SCHEMES[colorScheme];
  return (
    <>
      <Choice label={text.language} icon={<IconLanguage size={18} />}>
        <LanguageItems />
      </Choice>
      <Choice label={text.colourScheme.label} icon={<SchemeIcon size={18} />}>
        <ColourSchemeItems />
      </Choice>
    </>
  );
}

function Choice({
  label,
  icon,
  children,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} title={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
