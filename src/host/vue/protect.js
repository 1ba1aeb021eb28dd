// Shows its slot to those who may see it.
import { defineComponent, h } from "vue";
import { useCan, useUser } from "./composables.js";

const PROPS = { action: String, resource: String, agentId: String };

export const Protect = defineComponent({
  name: "Protect",
  props: PROPS,
  setup(props, { slots }) {
    const { isLoading, isAuthenticated } = useUser();
    return () => {
      if (isLoading.value) return slots.loading?.();
      if (!isAuthenticated.value) return slots.fallback?.();
      return props.action === undefined && props.resource === undefined ? slots.default?.() : h(Decided, props, slots);
    };
  },
});

const Decided = defineComponent({
  props: PROPS,
  setup(props, { slots }) {
    const { allowed, isLoading } = useCan(
      () => props.action,
      () => props.resource,
      () => ({ agentId: props.agentId }),
    );
    return () => (allowed.value ? slots.default?.() : isLoading.value ? slots.loading?.() : slots.fallback?.());
  },
});
