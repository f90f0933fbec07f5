import { Button, ColorSwatch, Menu } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/icons/IconChevronDown";
import IconShieldLock from "@tabler/icons-react/icons/IconShieldLock";
import { useText } from "../locales/language.tsx";
import { type EnvironmentLook, lineColour, useEnvironment } from "./environment.tsx";
import classes from "./frame.module.css";

/** Narrows lists to one environment. */
export function EnvironmentSwitch() {
  const { environment: text } = useText().frame;
  const { all, chosen, choose } = useEnvironment();
  if (all.length === 0) return null;
  const name = chosen?.name ?? text.all;
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          className={classes.environment}
          aria-label={text.chosen(name)}
          leftSection={chosen === null ? undefined : <Dot of={chosen} />}
          rightSection={<IconChevronDown size={14} />}
        >
          <span className={classes.ellipsis}>{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{text.label}</Menu.Label>
        <Menu.RadioGroup
          value={String(chosen?.id ?? "")}
          onChange={(value) => choose(value === "" ? null : Number(value))}
        >
          <Menu.RadioItem value="">{text.all}</Menu.RadioItem>
          {all.map((environment) => (
            <Menu.RadioItem key={environment.id} value={String(environment.id)}>
              <span className={classes.environmentItem}>
                <Dot of={environment} />
                {environment.name}
                {environment.protected && <IconShieldLock size={14} aria-label={text.protected} />}
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function Dot({ of }: { readonly of: EnvironmentLook }) {
  return <ColorSwatch size={10} color={lineColour(of)} withShadow={false} />;
}
