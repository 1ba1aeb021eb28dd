import DefaultTheme from "vitepress/theme";
import PolicyPlayground from "./PolicyPlayground.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("PolicyPlayground", PolicyPlayground);
  },
};
