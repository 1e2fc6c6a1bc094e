import { get } from "node:https";

get(process.argv[2], (answer) => answer.pipe(process.stdout)).on("error", (failure) => {
  console.error(failure.message);
  process.exitCode = 1;
});
