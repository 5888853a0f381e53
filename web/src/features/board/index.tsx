/** The month board of a site. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Fault } from "@/shared/api/client";
import { type Me, may } from "@/shared/me";
import { MonthHead } from "@/shared/month_head";
import type { Site } from "@/shared/sites";
import { monthWords, plusMonths, today } from "@/shared/time";
import { Button, Empty, Failed, Waiting } from "@/shared/ui";
import { toastFault } from "@/shared/ui/toasts";
import { useLanguage, useSay } from "@/shared/words";
import { Editor } from "./editor";
import css from "./panel.module.css";
import { openRoster, serviceOf } from "./service";
import { Table } from "./table";

type Props = { site: Site; month: string | undefined; me: Me };

export default function BoardPage({ site, month, me }: Props) {
  const chosen = month ?? plusMonths(today(site.zone).slice(0, 7), 1);
  return <Loaded key={`${site.code} ${chosen}`} site={site} month={chosen} me={me} />;
}

function Loaded({ site, month, me }: { site: Site; month: string; me: Me }) {
  const say = useSay();
  const { language } = useLanguage();
  const service = useMemo(() => serviceOf(site.code, month), [site.code, month]);
  const first = useQuery({
    queryKey: ["board", site.code, month],
    queryFn: service.read,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const editor = useMemo(
    () => first.data && new Editor(first.data, service, toastFault),
    [first.data, service],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: breaches are told in the language of the visitor
  useEffect(() => {
    void editor?.judge();
    return () => editor?.close();
  }, [editor, language]);

  if (first.isPending) return <Waiting what={say({ zh: "正在读取排班表…", en: "Loading the roster…" })} />;
  if (first.error instanceof Fault && first.error.status === 404)
    return <NoRoster site={site} month={month} me={me} begun={() => first.refetch()} />;
  if (!editor) return <Failed fault={first.error} again={() => first.refetch()} />;
  return <Standing editor={editor} site={site} month={month} me={me} />;
}

function Standing({ editor, ...rest }: { editor: Editor; site: Site; month: string; me: Me }) {
  const standing = useSyncExternalStore(editor.subscribe, editor.current);
  return <Table editor={editor} standing={standing} {...rest} />;
}

function NoRoster({ site, month, me, begun }: { site: Site; month: string; me: Me; begun: () => void }) {
  const say = useSay();
  const { language } = useLanguage();
  const begin = async () => {
    try {
      await openRoster(site.code, month);
      begun();
    } catch (fault) {
      toastFault(fault);
    }
  };
  return (
    <>
      <div className={css.head}>
        <MonthHead month={month} to={(to) => `/sites/${site.code}/roster/${to}`} />
      </div>
      <Empty
        title={say({
          zh: `${monthWords(month, language)}还没有排班表`,
          en: `There is no roster for ${monthWords(month, language)} yet`,
        })}
      >
        {may(me, "draft.edit", site.code) && (
          <Button tone="main" onClick={begin}>
            {say({ zh: "开始排这个月", en: "Begin this month" })}
          </Button>
        )}
      </Empty>
    </>
  );
}
