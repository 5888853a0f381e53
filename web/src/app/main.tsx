import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Fault } from "@/shared/api/client";
import { Words } from "@/shared/words";
import { App } from "./app";
import "@/shared/base.css";

const patient = (count: number, fault: Error) => count < 2 && !(fault instanceof Fault && fault.status < 500);
/* without a network the service worker answers what it kept, so requests are made all the same */
const queries = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", staleTime: 10_000, retry: patient, refetchOnWindowFocus: true },
  },
});

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Words>
          <App />
        </Words>
      </QueryClientProvider>
    </StrictMode>,
  );
