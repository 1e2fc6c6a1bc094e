// Written by `make catalogue`.
// swift-format-ignore-file

/// models.dev public repository (MIT), commit f3fc692, 2026-07-02; facts only, text-output models of the listed providers.
///
/// Read a line at a time, when somebody asks: a start does not touch it.
enum Snapshot {
    static let source = "models.dev public repository (MIT), commit f3fc692, 2026-07-02; facts only, text-output models of the listed providers"
    static let text: StaticString = #"""
        @alibaba
        qvq-max	QVQ Max	irtc	131072	8192	1.2/4.8//		2025-03-25
        qwen-flash	Qwen Flash	rtc	1000000	32768	0.05/0.4//	toggle budget=,	2025-07-28
        qwen-max	Qwen Max	tc	32768	8192	1.6/6.4//		2024-04-03
        qwen-mt-plus	Qwen-MT Plus	t	16384	8192	2.46/7.37//		2025-01
        qwen-mt-turbo	Qwen-MT Turbo	t	16384	8192	0.16/0.49//		2025-01
        qwen-omni-turbo	Qwen-Omni Turbo	itc	32768	2048	0.07/0.27//		2025-01-19
        qwen-omni-turbo-realtime	Qwen-Omni Turbo Realtime	itc	32768	2048	0.27/1.07//		2025-05-08
        qwen-plus	Qwen Plus	rtc	1000000	32768	0.4/1.2//	toggle budget=,	2024-01-25
        qwen-plus-character-ja	Qwen Plus Character (Japanese)	tc	8192	512	0.5/1.4//		2024-01
        qwen-turbo	Qwen Turbo	rtc	1000000	16384	0.05/0.2//	toggle budget=,	2024-11-01
        qwen-vl-max	Qwen-VL Max	itc	131072	8192	0.8/3.2//		2024-04-08
        qwen-vl-ocr	Qwen-VL OCR	it	34096	4096	0.72/0.72//		2024-10-28
        qwen-vl-plus	Qwen-VL Plus	itc	131072	8192	0.21/0.63//		2024-01-25
        qwen2-5-14b-instruct	Qwen2.5 14B Instruct	tc	131072	8192	0.35/1.4//		2024-09
        qwen2-5-32b-instruct	Qwen2.5 32B Instruct	tc	131072	8192	0.7/2.8//		2024-09
        qwen2-5-72b-instruct	Qwen2.5 72B Instruct	tc	131072	8192	1.4/5.6//		2024-09
        qwen2-5-7b-instruct	Qwen2.5 7B Instruct	tc	131072	8192	0.175/0.7//		2024-09
        qwen2-5-omni-7b	Qwen2.5-Omni 7B	itc	32768	2048	0.1/0.4//		2024-12
        qwen2-5-vl-72b-instruct	Qwen2.5-VL 72B Instruct	itc	131072	8192	2.8/8.4//		2024-09
        qwen2-5-vl-7b-instruct	Qwen2.5-VL 7B Instruct	itc	131072	8192	0.35/1.05//		2024-09
        qwen3-14b	Qwen3 14B	rtc	131072	8192	0.35/1.4//	toggle budget=,	2025-04
        qwen3-235b-a22b	Qwen3 235B-A22B	rtc	131072	16384	0.7/2.8//	toggle budget=,	2025-04
        qwen3-32b	Qwen3 32B	rtc	131072	16384	0.7/2.8//	toggle budget=,	2025-04
        qwen3-8b	Qwen3 8B	rtc	131072	8192	0.18/0.7//	toggle budget=,	2025-04
        qwen3-asr-flash	Qwen3-ASR Flash		53248	4096	0.035/0.035//		2025-09-08
        qwen3-coder-30b-a3b-instruct	Qwen3-Coder 30B-A3B Instruct	tc	262144	65536	0.45/2.25//		2025-04
        qwen3-coder-480b-a35b-instruct	Qwen3-Coder 480B-A35B Instruct	tc	262144	65536	1.5/7.5//		2025-04
        qwen3-coder-flash	Qwen3 Coder Flash	tc	1000000	65536	0.3/1.5//		2025-07-28
        qwen3-coder-plus	Qwen3 Coder Plus	tc	1048576	65536	1/5//		2025-07-23
        qwen3-livetranslate-flash-realtime	Qwen3-LiveTranslate Flash Realtime	it	53248	4096	10/10//		2025-09-22
        qwen3-max	Qwen3 Max	tc	262144	65536	1.2/6//		2025-09-23
        qwen3-next-80b-a3b-instruct	Qwen3-Next 80B-A3B Instruct	tc	131072	32768	0.5/2//		2025-09
        qwen3-next-80b-a3b-thinking	Qwen3-Next 80B-A3B (Thinking)	rtc	131072	32768	0.5/6//	budget=,	2025-09
        qwen3-omni-flash	Qwen3-Omni Flash	irtc	65536	16384	0.43/1.66//	toggle	2025-09-15
        qwen3-omni-flash-realtime	Qwen3-Omni Flash Realtime	itc	65536	16384	0.52/1.99//		2025-09-15
        qwen3-vl-235b-a22b	Qwen3-VL 235B-A22B	irtc	131072	32768	0.7/2.8//	budget=,	2025-04
        qwen3-vl-30b-a3b	Qwen3-VL 30B-A3B	irtc	131072	32768	0.2/0.8//	budget=,	2025-04
        qwen3-vl-plus	Qwen3-VL Plus	irtc	262144	32768	0.2/1.6//	toggle budget=,	2025-09-23
        qwen3.5-122b-a10b	Qwen3.5 122B-A10B	irtc	262144	65536	0.4/3.2//	toggle budget=,	2026-02-23
        qwen3.5-27b	Qwen3.5 27B	irtc	262144	65536	0.3/2.4//	toggle budget=,	2026-02-23
        qwen3.5-35b-a3b	Qwen3.5 35B-A3B	irtc	262144	65536	0.25/2//	toggle budget=,	2026-02-23
        qwen3.5-397b-a17b	Qwen3.5 397B-A17B	irtc	262144	65536	0.6/3.6//	toggle budget=,	2026-02-15
        qwen3.5-plus	Qwen3.5 Plus	irtc	1000000	65536	0.4/2.4//	toggle budget=,	2026-02-16
        qwen3.6-27b	Qwen3.6 27B	irtc	262144	65536	0.6/3.6//	toggle budget=,	2026-04-22
        qwen3.6-35b-a3b	Qwen3.6 35B-A3B	irtc	262144	65536	0.248/1.485//	toggle budget=,	2026-04-17
        qwen3.6-flash	Qwen3.6 Flash	irtc	1000000	65536	0.1875/1.125//0.234375	toggle budget=,	2026-04-27
        qwen3.6-max-preview	Qwen3.6 Max Preview	rtc	262144	65536	1.3/7.8/0.13/1.625	toggle budget=,	2026-04-20
        qwen3.6-plus	Qwen3.6 Plus	irtc	1000000	65536	0.5/3/0.05/0.625 256000:2/6/0.2/2.5	toggle budget=,	2026-04-02
        qwen3.7-max	Qwen3.7 Max	rtc	1000000	65536	2.5/7.5/0.5/3.125	toggle budget=,	2026-05-21
        qwen3.7-plus	Qwen3.7 Plus	irtc	1000000	65536	0.5/3/0.05/0.625 256000:2/6/0.2/2.5	toggle budget=,	2026-06-02
        qwq-plus	QwQ Plus	rtc	131072	8192	0.8/2.4//		2025-03-05
        @alibaba-cn
        MiniMax-M2.5	MiniMax-M2.5	rtc	204800	131072	0.3/1.2//		2026-02-12
        MiniMax/MiniMax-M2.7	MiniMax-M2.7	rtc	204800	131072	0.3/1.2/0.06/0.375		2026-03-18
        deepseek-r1	DeepSeek R1	rtc	131072	16384	0.574/2.294//		2025-01-01
        deepseek-r1-0528	DeepSeek R1 0528	rtc	131072	16384	0.574/2.294//		2025-05-28
        deepseek-r1-distill-llama-70b	DeepSeek R1 Distill Llama 70B	rtc	32768	16384	0.287/0.861//		2025-01-01
        deepseek-r1-distill-llama-8b	DeepSeek R1 Distill Llama 8B	rtc	32768	16384	0/0//		2025-01-01
        deepseek-r1-distill-qwen-1-5b	DeepSeek R1 Distill Qwen 1.5B	rtc	32768	16384	0/0//		2025-01-01
        deepseek-r1-distill-qwen-14b	DeepSeek R1 Distill Qwen 14B	rtc	32768	16384	0.144/0.431//		2025-01-01
        deepseek-r1-distill-qwen-32b	DeepSeek R1 Distill Qwen 32B	rtc	32768	16384	0.287/0.861//		2025-01-01
        deepseek-r1-distill-qwen-7b	DeepSeek R1 Distill Qwen 7B	rtc	32768	16384	0.072/0.144//		2025-01-01
        deepseek-v3	DeepSeek V3	tc	65536	8192	0.287/1.147//		2024-12-01
        deepseek-v3-1	DeepSeek V3.1	tc	131072	65536	0.574/1.721//		2025-01-01
        deepseek-v3-2-exp	DeepSeek V3.2 Exp	tc	131072	65536	0.287/0.431//		2025-01-01
        deepseek-v4-flash	DeepSeek V4 Flash	rtc	1000000	384000	0.14/0.28/0.0028/	toggle effort=high,max	2026-04-24
        deepseek-v4-pro	DeepSeek V4 Pro	rtc	1000000	384000	0.435/0.87/0.003625/	toggle effort=high,max	2026-04-24
        glm-5	GLM-5	rtc	202752	16384	0.86/3.15//	toggle budget=,32768	2026-02-11
        glm-5.1	GLM-5.1	rtc	202752	128000	0.87/3.48/0.17/	toggle budget=,131072	2026-04-14
        kimi-k2-thinking	Moonshot Kimi K2 Thinking	rtc	262144	16384	0.574/2.294//	budget=,	2025-11-06
        kimi-k2.5	Moonshot Kimi K2.5	irtc	262144	32768	0.574/2.411//	toggle budget=,81920	2026-01-27
        kimi-k2.6	Moonshot Kimi K2.6	irtc	262144	16384	0.929/3.858//	toggle budget=,81920	2026-04-21
        kimi/kimi-k2.5	kimi/kimi-k2.5	irc	262144	262144	0.6/3/0.1/	toggle	2026-01-27
        moonshot-kimi-k2-instruct	Moonshot Kimi K2 Instruct	tc	131072	8192	0.574/2.294//		2025-01-01
        qvq-max	QVQ Max	irtc	131072	8192	1.147/4.588//		2025-03-25
        qwen-deep-research	Qwen Deep Research	tc	1000000	32768	7.742/23.367//		2024-01
        qwen-doc-turbo	Qwen Doc Turbo	tc	131072	8192	0.087/0.144//		2024-01
        qwen-flash	Qwen Flash	rtc	1000000	32768	0.022/0.216//	toggle budget=,81920	2025-07-28
        qwen-long	Qwen Long	tc	10000000	8192	0.072/0.287//		2025-01-25
        qwen-math-plus	Qwen Math Plus	tc	4096	3072	0.574/1.721//		2024-08-16
        qwen-math-turbo	Qwen Math Turbo	tc	4096	3072	0.287/0.861//		2024-09-19
        qwen-max	Qwen Max	tc	131072	8192	0.345/1.377//		2024-04-03
        qwen-mt-plus	Qwen-MT Plus	t	16384	8192	0.259/0.775//		2025-01
        qwen-mt-turbo	Qwen-MT Turbo	t	16384	8192	0.101/0.28//		2025-01
        qwen-omni-turbo	Qwen-Omni Turbo	itc	32768	2048	0.058/0.23//		2025-01-19
        qwen-omni-turbo-realtime	Qwen-Omni Turbo Realtime	itc	32768	2048	0.23/0.918//		2025-05-08
        qwen-plus	Qwen Plus	rtc	1000000	32768	0.115/0.287//	toggle budget=,81920	2024-01-25
        qwen-plus-character	Qwen Plus Character	tc	32768	4096	0.115/0.287//		2024-01
        qwen-turbo	Qwen Turbo	rtc	1000000	16384	0.044/0.087//	toggle budget=,38912	2024-11-01
        qwen-vl-max	Qwen-VL Max	itc	131072	8192	0.23/0.574//		2024-04-08
        qwen-vl-ocr	Qwen-VL OCR	it	34096	4096	0.717/0.717//		2024-10-28
        qwen-vl-plus	Qwen-VL Plus	itc	131072	8192	0.115/0.287//		2024-01-25
        qwen2-5-14b-instruct	Qwen2.5 14B Instruct	tc	131072	8192	0.144/0.431//		2024-09
        qwen2-5-32b-instruct	Qwen2.5 32B Instruct	tc	131072	8192	0.287/0.861//		2024-09
        qwen2-5-72b-instruct	Qwen2.5 72B Instruct	tc	131072	8192	0.574/1.721//		2024-09
        qwen2-5-7b-instruct	Qwen2.5 7B Instruct	tc	131072	8192	0.072/0.144//		2024-09
        qwen2-5-coder-32b-instruct	Qwen2.5-Coder 32B Instruct	tc	131072	8192	0.287/0.861//		2024-11
        qwen2-5-coder-7b-instruct	Qwen2.5-Coder 7B Instruct	tc	131072	8192	0.144/0.287//		2024-11
        qwen2-5-math-72b-instruct	Qwen2.5-Math 72B Instruct	tc	4096	3072	0.574/1.721//		2024-09
        qwen2-5-math-7b-instruct	Qwen2.5-Math 7B Instruct	tc	4096	3072	0.144/0.287//		2024-09
        qwen2-5-omni-7b	Qwen2.5-Omni 7B	itc	32768	2048	0.087/0.345//		2024-12
        qwen2-5-vl-72b-instruct	Qwen2.5-VL 72B Instruct	itc	131072	8192	2.294/6.881//		2024-09
        qwen2-5-vl-7b-instruct	Qwen2.5-VL 7B Instruct	itc	131072	8192	0.287/0.717//		2024-09
        qwen3-14b	Qwen3 14B	rtc	131072	8192	0.144/0.574//	toggle budget=,38912	2025-04
        qwen3-235b-a22b	Qwen3 235B-A22B	rtc	131072	16384	0.287/1.147//	toggle budget=,38912	2025-04
        qwen3-32b	Qwen3 32B	rtc	131072	16384	0.287/1.147//	toggle budget=,38912	2025-04
        qwen3-8b	Qwen3 8B	rtc	131072	8192	0.072/0.287//	toggle budget=,38912	2025-04
        qwen3-asr-flash	Qwen3-ASR Flash		53248	4096	0.032/0.032//		2025-09-08
        qwen3-coder-30b-a3b-instruct	Qwen3-Coder 30B-A3B Instruct	tc	262144	65536	0.216/0.861//		2025-04
        qwen3-coder-480b-a35b-instruct	Qwen3-Coder 480B-A35B Instruct	tc	262144	65536	0.861/3.441//		2025-04
        qwen3-coder-flash	Qwen3 Coder Flash	tc	1000000	65536	0.144/0.574//		2025-07-28
        qwen3-coder-plus	Qwen3 Coder Plus	tc	1048576	65536	1/5//		2025-07-23
        qwen3-max	Qwen3 Max	tc	262144	65536	0.861/3.441//		2025-09-23
        qwen3-next-80b-a3b-instruct	Qwen3-Next 80B-A3B Instruct	tc	131072	32768	0.144/0.574//		2025-09
        qwen3-next-80b-a3b-thinking	Qwen3-Next 80B-A3B (Thinking)	rtc	131072	32768	0.144/1.434//	budget=,	2025-09
        qwen3-omni-flash	Qwen3-Omni Flash	irtc	65536	16384	0.058/0.23//	toggle	2025-09-15
        qwen3-omni-flash-realtime	Qwen3-Omni Flash Realtime	itc	65536	16384	0.23/0.918//		2025-09-15
        qwen3-vl-235b-a22b	Qwen3-VL 235B-A22B	irtc	131072	32768	0.286705/1.14682//		2025-04
        qwen3-vl-30b-a3b	Qwen3-VL 30B-A3B	irtc	131072	32768	0.108/0.431//		2025-04
        qwen3-vl-plus	Qwen3-VL Plus	irtc	262144	32768	0.143353/1.433525//	toggle budget=,81920	2025-09-23
        qwen3.5-397b-a17b	Qwen3.5 397B-A17B	irtc	262144	65536	0.43/2.58//	toggle budget=,81920	2026-02-16
        qwen3.5-flash	Qwen3.5 Flash	irtc	1000000	65536	0.172/1.72//	toggle budget=,81920	2026-02-23
        qwen3.5-plus	Qwen3.5 Plus	irtc	1000000	65536	0.573/3.44//	toggle budget=,81920	2026-02-16
        qwen3.6-flash	Qwen3.6 Flash	irtc	1000000	65536	0.1875/1.125//0.234375	toggle budget=,131072	2026-04-27
        qwen3.6-max-preview	Qwen3.6 Max Preview	rtc	245800	65536	1.32/7.9/0.132/	toggle budget=,131072	2026-04-20
        qwen3.6-plus	Qwen3.6 Plus	irtc	1000000	65536	0.5/3/0.05/0.625 256000:2/6/0.2/2.5	toggle budget=,81920	2026-04-02
        qwen3.7-max	Qwen3.7 Max	rtc	1000000	65536	2.5/7.5/0.5/3.125	toggle budget=,262144	2026-05-21
        qwen3.7-plus	Qwen3.7 Plus	irtc	1000000	64000	0.5/3/0.05/0.625 128000:2/6/0.2/2.5	toggle budget=,262144	2026-06-02
        qwq-32b	QwQ 32B	rtc	131072	8192	0.287/0.861//		2024-12
        qwq-plus	QwQ Plus	rtc	131072	8192	0.23/0.574//		2025-03-05
        siliconflow/deepseek-r1-0528	siliconflow/deepseek-r1-0528	rtc	163840	32768	0.5/2.18//		2025-05-28
        siliconflow/deepseek-v3-0324	siliconflow/deepseek-v3-0324	tc	163840	163840	0.25/1//		2024-12-26
        siliconflow/deepseek-v3.1-terminus	siliconflow/deepseek-v3.1-terminus	rtc	163840	65536	0.27/1//	toggle	2025-09-29
        siliconflow/deepseek-v3.2	siliconflow/deepseek-v3.2	rtc	163840	65536	0.27/0.42//	toggle	2025-12-03
        tongyi-intent-detect-v3	Tongyi Intent Detect V3	t	8192	1024	0.058/0.144//		2024-01
        @anthropic
        claude-3-5-sonnet-20240620	Claude Sonnet 3.5	itcd	200000	8192	3/15/0.3/3.75		2024-06-20
        claude-3-5-sonnet-20241022	Claude Sonnet 3.5 v2	itcd	200000	8192	3/15/0.3/3.75		2024-10-22
        claude-3-7-sonnet-20250219	Claude Sonnet 3.7	irtcd	200000	64000	3/15/0.3/3.75	budget=1024,	2025-02-19
        claude-3-haiku-20240307	Claude Haiku 3	itcd	200000	4096	0.25/1.25/0.03/0.3		2024-03-13
        claude-3-opus-20240229	Claude Opus 3	itcd	200000	4096	15/75/1.5/18.75		2024-02-29
        claude-3-sonnet-20240229	Claude Sonnet 3	itcd	200000	4096	3/15/0.3/0.3		2024-03-04
        claude-fable-5	Claude Fable 5	irc	1000000	128000	10/50/1/12.5	effort=low,medium,high,xhigh,max	2026-06-09
        claude-haiku-4-5	Claude Haiku 4.5 (latest)	irtc	200000	64000	1/5/0.1/1.25	budget=1024,	2025-10-15
        claude-haiku-4-5-20251001	Claude Haiku 4.5	irtc	200000	64000	1/5/0.1/1.25	budget=1024,	2025-10-15
        claude-opus-4-0	Claude Opus 4 (latest)	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-05-22
        claude-opus-4-1	Claude Opus 4.1 (latest)	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-08-05
        claude-opus-4-1-20250805	Claude Opus 4.1	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-08-05
        claude-opus-4-20250514	Claude Opus 4	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-05-22
        claude-opus-4-5	Claude Opus 4.5 (latest)	irtc	200000	64000	5/25/0.5/6.25	effort=low,medium,high budget=1024,	2025-11-24
        claude-opus-4-5-20251101	Claude Opus 4.5	irtc	200000	64000	5/25/0.5/6.25	effort=low,medium,high budget=1024,	2025-11-01
        claude-opus-4-6	Claude Opus 4.6	irtc	1000000	128000	5/25/0.5/6.25	effort=low,medium,high,max budget=1024,	2026-02-05
        claude-opus-4-7	Claude Opus 4.7	irc	1000000	128000	5/25/0.5/6.25	effort=low,medium,high,xhigh,max	2026-04-16
        claude-opus-4-8	Claude Opus 4.8	irc	1000000	128000	5/25/0.5/6.25	effort=low,medium,high,xhigh,max	2026-05-28
        claude-sonnet-4-0	Claude Sonnet 4 (latest)	irtc	200000	64000	3/15/0.3/3.75	budget=1024,	2025-05-22
        claude-sonnet-4-20250514	Claude Sonnet 4	irtc	200000	64000	3/15/0.3/3.75	budget=1024,	2025-05-22
        claude-sonnet-4-5	Claude Sonnet 4.5 (latest)	irtc	200000	64000	3/15/0.3/3.75	budget=1024,	2025-09-29
        claude-sonnet-4-5-20250929	Claude Sonnet 4.5	irtc	200000	64000	3/15/0.3/3.75	budget=1024,	2025-09-29
        claude-sonnet-4-6	Claude Sonnet 4.6	irtc	1000000	64000	3/15/0.3/3.75	effort=low,medium,high,max budget=1024,	2026-02-17
        claude-sonnet-5	Claude Sonnet 5	irc	1000000	128000	2/10/0.2/2.5	toggle effort=low,medium,high,xhigh,max	2026-06-30
        @baseten
        MiniMaxAI/MiniMax-M2.5	MiniMax-M2.5	rtcd	204000	204000	0.3/1.2//		2026-02-12
        deepseek-ai/DeepSeek-V3.1	DeepSeek V3.1	rtcd	164000	131000	0.5/1.5//		2025-08-25
        deepseek-ai/DeepSeek-V4-Pro	Deepseek V4 Pro	rtc	262144	262144	1.74/3.48/0.145/	effort=low,medium,high,xhigh	2026-04-24
        moonshotai/Kimi-K2.5	Kimi K2.5	irtc	262000	262000	0.6/3/0.12/	toggle	2026-01-30
        moonshotai/Kimi-K2.6	Kimi K2.6	irtc	262000	262000	0.95/4/0.16/	toggle	2026-04-21
        moonshotai/Kimi-K2.7-Code	Kimi K2.7 Code	irtc	262000	262000	0.95/4/0.16/	toggle	2026-06-12
        nvidia/NVIDIA-Nemotron-3-Ultra-550B-A55B	Nemotron Ultra	rtc	202800	202800	0.6/2.4/0.12/	toggle	2026-06-04
        nvidia/Nemotron-120B-A12B	Nemotron Super	rtc	202800	202800	0.3/0.75/0.06/	toggle	2026-03-11
        openai/gpt-oss-120b	OpenAI GPT 120B	rtc	128072	128072	0.1/0.5//	effort=low,medium,high	2025-08-05
        zai-org/GLM-4.7	GLM 4.7	rtc	200000	200000	0.6/2.2/0.12/	toggle	2025-12-22
        zai-org/GLM-5	GLM 5	rtc	202800	202800	0.95/3.15/0.2/	toggle	2026-02-12
        zai-org/GLM-5.1	GLM 5.1	rtc	202800	202800	1.3/4.3/0.26/	toggle	2026-04-07
        zai-org/GLM-5.2	GLM 5.2	rtc	202720	202720	1.4/4.4/0.3/	toggle	2026-06-13
        @cerebras
        gpt-oss-120b	GPT OSS 120B	rtc	131072	40960	0.35/0.75//	effort=low,medium,high	2025-08-05
        zai-glm-4.7	Z.AI GLM-4.7	rtc	131072	40960	2.25/2.75/0/0	effort=none	2026-01-07
        @chutes
        MiniMaxAI/MiniMax-M2.5-TEE	MiniMax M2.5 TEE	rtc	196608	65536	0.15/1.2/0.075/		2026-02-12
        Qwen/Qwen3-235B-A22B-Thinking-2507-TEE	Qwen3 235B A22B Thinking 2507 TEE	rtc	262144	262144	0.2989/1.1957/0.14945/		2025-07
        Qwen/Qwen3-32B-TEE	Qwen3 32B TEE	rtc	40960	40960	0.104/0.416/0.052/		2025-04
        Qwen/Qwen3.5-397B-A17B-TEE	Qwen3.5 397B A17B TEE	irtc	262144	65536	0.45/3/0.225/		2026-02-15
        Qwen/Qwen3.6-27B-TEE	Qwen3.6 27B TEE	irtc	262144	65536	0.3/2/0.15/		2026-04-22
        deepseek-ai/DeepSeek-V3.2-TEE	DeepSeek V3.2 TEE	rtc	131072	65536	1/1/0.5/		2025-12
        google/gemma-4-31B-turbo-TEE	gemma 4 31B turbo TEE	irtc	131072	65536	0.12/0.37/0.06/		2026-04-02
        moonshotai/Kimi-K2.5-TEE	Kimi K2.5 TEE	irtc	262144	65535	0.44/2/0.22/		2026-01
        moonshotai/Kimi-K2.6-TEE	Kimi K2.6 TEE	irtc	262144	65535	0.66/3.5/0.33/		2026-04-21
        unsloth/Mistral-Nemo-Instruct-2407-TEE	Mistral Nemo Instruct 2407 TEE	t	131072	131072	0.0245/0.0978/0.01225/		2024-07-01
        zai-org/GLM-5-TEE	GLM 5 TEE	rtc	202752	65535	0.95/2.55/0.475/		2026-02-12
        zai-org/GLM-5.1-TEE	GLM 5.1 TEE	rtc	202752	65535	0.98/3.08/0.49/		2026-04-07
        zai-org/GLM-5.2-TEE	GLM 5.2 TEE	rtc	1048576	65535	1.4/4.4/0.7/		2026-06-13
        @cohere
        c4ai-aya-expanse-32b	Aya Expanse 32B	t	128000	4000			2024-10-24
        c4ai-aya-expanse-8b	Aya Expanse 8B	t	8000	4000			2024-10-24
        c4ai-aya-vision-32b	Aya Vision 32B	it	16000	4000			2025-03-04
        c4ai-aya-vision-8b	Aya Vision 8B	it	16000	4000			2025-03-04
        command-a-03-2025	Command A	tc	256000	8000	2.5/10//		2025-03-13
        command-a-plus-05-2026	Command A Plus	irtc	128000	64000	2.5/10//	toggle budget=1,	2026-05-20
        command-a-reasoning-08-2025	Command A Reasoning	rtc	256000	32000	2.5/10//	toggle budget=1,	2025-08-21
        command-a-translate-08-2025	Command A Translate	tc	8000	8000	2.5/10//		2025-08-28
        command-a-vision-07-2025	Command A Vision	it	128000	8000	2.5/10//		2025-07-31
        command-r-08-2024	Command R	tc	128000	4000	0.15/0.6//		2024-08-30
        command-r-plus-08-2024	Command R+	tc	128000	4000	2.5/10//		2024-08-30
        command-r7b-12-2024	Command R7B	tc	128000	4000	0.0375/0.15//		2024-12-02
        command-r7b-arabic-02-2025	Command R7B Arabic	tc	128000	4000	0.0375/0.15//		2025-02-27
        north-mini-code-1-0	North Mini Code	rtc	256000	64000	0/0//	effort=none,high	2026-06-09
        @deepinfra
        MiniMaxAI/MiniMax-M2.5	MiniMax M2.5	rtc	196608	131072	0.15/1.15/0.03/0.375		2026-02-12
        Qwen/Qwen3-Coder-480B-A35B-Instruct-Turbo	Qwen3 Coder 480B A35B Instruct Turbo	tc	262144	66536	0.3/1//		2025-07-23
        Qwen/Qwen3.5-35B-A3B	Qwen 3.5 35B A3B	irtc	262144	81920	0.14/1/0.05/		2026-02-01
        Qwen/Qwen3.5-397B-A17B	Qwen 3.5 397B A17B	irtc	262144	81920	0.45/3/0.22/		2026-02-01
        Qwen/Qwen3.6-35B-A3B	Qwen3.6 35B A3B	irtc	262144	81920	0.15/0.95//		2026-04-01
        XiaomiMiMo/MiMo-V2.5	MiMo-V2.5	irtc	262144	16384	0.4/2/0.08/ 256000:0.8/4/0.16/	toggle	2026-04-22
        XiaomiMiMo/MiMo-V2.5-Pro	MiMo-V2.5-Pro	rtc	1048576	16384	1/3/0.2/ 256000:2/6/0.4/	toggle	2026-04-22
        deepseek-ai/DeepSeek-R1-0528	DeepSeek-R1-0528	rtc	163840	64000	0.5/2.15/0.35/		2025-05-28
        deepseek-ai/DeepSeek-V3.2	DeepSeek-V3.2	rtc	163840	64000	0.26/0.38/0.13/	toggle	2025-12-02
        deepseek-ai/DeepSeek-V4-Flash	DeepSeek V4 Flash	rtc	1048576	16384	0.1/0.2/0.02/	toggle effort=low,medium,high,xhigh	2026-04-24
        deepseek-ai/DeepSeek-V4-Pro	DeepSeek V4 Pro	rtc	1048576	16384	1.3/2.6/0.1/	toggle effort=low,medium,high,xhigh	2026-04-24
        google/gemma-4-26B-A4B-it	Gemma 4 26B A4B IT	irtc	262144	32768	0.07/0.34//	toggle	2026-04-02
        google/gemma-4-31B-it	Gemma 4 31B IT	irtc	262144	32768	0.13/0.38//	toggle	2026-04-02
        meta-llama/Llama-3.3-70B-Instruct-Turbo	Llama 3.3 70B Turbo	tc	131072	16384	0.1/0.32//		2024-12-06
        meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8	Llama 4 Maverick 17B FP8	it	1048576	16384	0.15/0.6//		2025-04-05
        meta-llama/Llama-4-Scout-17B-16E-Instruct	Llama 4 Scout 17B	itc	327680	16384	0.1/0.3//		2025-04-05
        moonshotai/Kimi-K2.5	Kimi K2.5	irtc	262144	32768	0.45/2.25/0.07/	toggle	2026-01-27
        moonshotai/Kimi-K2.6	Kimi K2.6	irtc	262144	16384	0.75/3.5/0.15/	toggle	2026-04-21
        moonshotai/Kimi-K2.7-Code	Kimi K2.7 Code	irc	262144	262144	0.74/3.5/0.15/	toggle	2026-06-12
        openai/gpt-oss-120b	GPT OSS 120B	rtc	131072	16384	0.039/0.19//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b	GPT OSS 20B	rtc	131072	16384	0.03/0.14//	effort=low,medium,high	2025-08-05
        zai-org/GLM-4.6	GLM-4.6	rtc	202752	131072	0.43/1.74/0.08/	toggle	2025-09-30
        zai-org/GLM-4.7	GLM-4.7	rtc	202752	16384	0.4/1.75/0.08/	toggle	2025-12-22
        zai-org/GLM-4.7-Flash	GLM-4.7-Flash	rtc	202752	16384	0.06/0.4//		2026-01-19
        zai-org/GLM-5	GLM-5	rtc	202752	16384	0.6/2.08/0.12/	toggle	2026-02-12
        zai-org/GLM-5.1	GLM-5.1	rtc	202752	16384	1.05/3.5/0.205/	toggle	2026-04-07
        zai-org/GLM-5.2	GLM-5.2	rtc	1048576	32768	0.95/3/0.18/	toggle effort=low,medium,high,xhigh	2026-06-13
        @deepseek
        deepseek-chat	DeepSeek Chat	tc	1000000	384000	0.14/0.28/0.0028/		2025-12-01
        deepseek-reasoner	DeepSeek Reasoner	rtc	1000000	384000	0.14/0.28/0.0028/		2025-12-01
        deepseek-v4-flash	DeepSeek V4 Flash	rtc	1000000	384000	0.14/0.28/0.0028/	toggle effort=high,max	2026-04-24
        deepseek-v4-pro	DeepSeek V4 Pro	rtc	1000000	384000	0.435/0.87/0.003625/	toggle effort=high,max	2026-04-24
        @fireworks-ai
        accounts/fireworks/models/deepseek-v4-flash	DeepSeek V4 Flash	rtc	1000000	384000	0.14/0.28/0.028/	toggle effort=high,max	2026-04-24
        accounts/fireworks/models/deepseek-v4-pro	DeepSeek V4 Pro	rtc	1000000	384000	1.74/3.48/0.145/	toggle effort=high,max	2026-04-24
        accounts/fireworks/models/glm-5p1	GLM 5.1	rtc	202800	131072	1.4/4.4/0.26/	toggle	2026-04-01
        accounts/fireworks/models/glm-5p2	GLM 5.2	rtc	1048575	131072	1.4/4.4/0.26/	toggle effort=high,max	2026-06-16
        accounts/fireworks/models/gpt-oss-120b	GPT OSS 120B	rtc	131072	32768	0.15/0.6/0.015/	effort=low,medium,high	2025-08-05
        accounts/fireworks/models/gpt-oss-20b	GPT OSS 20B	rtc	131072	32768	0.07/0.3/0.035/	effort=low,medium,high	2025-08-05
        accounts/fireworks/models/kimi-k2p6	Kimi K2.6	irtc	262000	262000	0.95/4/0.16/	toggle	2026-04-17
        accounts/fireworks/models/kimi-k2p7-code	Kimi K2.7 Code	irtc	262000	262000	0.95/4/0.19/	toggle	2026-06-12
        accounts/fireworks/models/minimax-m2p7	MiniMax-M2.7	rtc	196608	196608	0.3/1.2/0.06/	effort=low,medium,high	2026-04-12
        accounts/fireworks/models/minimax-m3	MiniMax-M3	rtc	512000	512000	0.3/1.2/0.06/	effort=low,medium,high	2026-06-12
        accounts/fireworks/models/qwen3p7-plus	Qwen 3.7 Plus	irtc	262144	65536	0.4/1.6/0.08/	toggle effort=low,medium,high budget=1,	2026-06-12
        accounts/fireworks/routers/glm-5p1-fast	GLM 5.1 Fast	rtc	202800	131072	2.8/8.8/0.52/	toggle	2026-04-01
        accounts/fireworks/routers/glm-5p2-fast	GLM 5.2 Fast	rtc	1048575	131072	2.1/6.6/0.21/	toggle effort=high,max	2026-06-26
        accounts/fireworks/routers/kimi-k2p6-fast	Kimi K2.6 Fast	irtc	262000	262000	2/8/0.3/	toggle	2026-04-17
        accounts/fireworks/routers/kimi-k2p6-turbo	Kimi K2.6 Turbo	irtc	262000	262000	2/8/0.3/	toggle	2026-04-17
        accounts/fireworks/routers/kimi-k2p7-code-fast	Kimi K2.7 Code Fast	irtc	262000	262000	1.9/8/0.38/	toggle	2026-06-12
        @google
        gemini-2.0-flash	Gemini 2.0 Flash	itcd	1048576	8192	0.1/0.4/0.025/		2024-12-11
        gemini-2.0-flash-lite	Gemini 2.0 Flash-Lite	itcd	1048576	8192	0.075/0.3//		2024-12-11
        gemini-2.5-flash	Gemini 2.5 Flash	irtc	1048576	65536	0.3/2.5/0.03/	toggle budget=0,24576	2025-06-17
        gemini-2.5-flash-image	Nano Banana	irt	32768	32768	0.3/30/0.075/		2025-08-26
        gemini-2.5-flash-lite	Gemini 2.5 Flash-Lite	irtc	1048576	65536	0.1/0.4/0.01/	toggle budget=512,24576	2025-06-17
        gemini-2.5-pro	Gemini 2.5 Pro	irtc	1048576	65536	1.25/10/0.125/ 200000:2.5/15/0.25/	budget=128,32768	2025-06-17
        gemini-3-flash-preview	Gemini 3 Flash Preview	irtc	1048576	65536	0.5/3/0.05/	effort=minimal,low,medium,high	2025-12-17
        gemini-3-pro-image-preview	Nano Banana Pro	irt	131072	32768	2/120//		2025-11-20
        gemini-3-pro-preview	Gemini 3 Pro Preview	irtcd	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,high	2025-11-18
        gemini-3.1-flash-image-preview	Nano Banana 2	irt	65536	65536	0.5/60//	effort=minimal,high	2026-02-26
        gemini-3.1-flash-lite	Gemini 3.1 Flash Lite	irtc	1048576	65536	0.25/1.5/0.025/	effort=minimal,low,medium,high	2026-05-07
        gemini-3.1-flash-lite-preview	Gemini 3.1 Flash Lite Preview	irtcd	1048576	65536	0.25/1.5/0.025/	effort=minimal,low,medium,high	2026-03-03
        gemini-3.1-pro-preview	Gemini 3.1 Pro Preview	irtc	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,medium,high	2026-02-19
        gemini-3.1-pro-preview-customtools	Gemini 3.1 Pro Preview Custom Tools	irtc	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,medium,high	2026-02-19
        gemini-3.5-flash	Gemini 3.5 Flash	irtc	1048576	65536	1.5/9/0.15/	effort=minimal,low,medium,high	2026-05-19
        gemini-embedding-001	Gemini Embedding 001		2048	1	0.15/0//		2025-05-20
        gemini-flash-latest	Gemini Flash Latest	irtc	1048576	65536	0.3/2.5/0.075/	toggle budget=0,24576	2025-09-25
        gemini-flash-lite-latest	Gemini Flash-Lite Latest	irtc	1048576	65536	0.1/0.4/0.025/	toggle budget=512,24576	2025-09-25
        gemma-4-26b-a4b-it	Gemma 4 26B A4B IT	irtc	262144	32768		toggle	2026-04-02
        gemma-4-31b-it	Gemma 4 31B IT	irtc	262144	32768		toggle	2026-04-02
        @google-vertex
        gemini-2.5-flash	Gemini 2.5 Flash	irtc	1048576	65536	0.3/2.5/0.075/0.383	toggle budget=0,24576	2025-06-17
        gemini-2.5-flash-lite	Gemini 2.5 Flash-Lite	irtc	1048576	65536	0.1/0.4/0.01/	toggle budget=512,24576	2025-06-17
        gemini-2.5-pro	Gemini 2.5 Pro	irtc	1048576	65536	1.25/10/0.125/ 200000:2.5/15/0.25/	budget=128,32768	2025-06-17
        gemini-3-flash-preview	Gemini 3 Flash Preview	irtc	1048576	65536	0.5/3/0.05/	effort=minimal,low,medium,high	2025-12-17
        gemini-3.1-flash-lite	Gemini 3.1 Flash Lite	irtc	1048576	65536	0.25/1.5/0.025/	effort=minimal,low,medium,high	2026-05-07
        gemini-3.1-flash-lite-preview	Gemini 3.1 Flash Lite Preview	irtcd	1048576	65536	0.25/1.5/0.025/	effort=minimal,low,medium,high	2026-03-03
        gemini-3.1-pro-preview	Gemini 3.1 Pro Preview	irtc	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,medium,high	2026-02-19
        gemini-3.1-pro-preview-customtools	Gemini 3.1 Pro Preview Custom Tools	irtc	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,medium,high	2026-02-19
        gemini-3.5-flash	Gemini 3.5 Flash	irtc	1048576	65536	1.5/9/0.15/	effort=minimal,low,medium,high	2026-05-19
        gemini-embedding-001	Gemini Embedding 001		2048	1	0.15/0//		2025-05-20
        gemini-flash-latest	Gemini Flash Latest	irtc	1048576	65536	0.3/2.5/0.075/0.383	effort=minimal,low,medium,high	2025-09-25
        gemini-flash-lite-latest	Gemini Flash-Lite Latest	irtc	1048576	65536	0.1/0.4/0.025/	effort=minimal,low,medium,high	2025-09-25
        openai/gpt-oss-120b-maas	GPT OSS 120B	rtc	131072	32768	0.09/0.36//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b-maas	GPT OSS 20B	rtc	131072	32768	0.07/0.25//	effort=low,medium,high	2025-08-05
        @groq
        groq/compound	Compound	t	131072	8192			2025-09-04
        groq/compound-mini	Compound Mini	t	131072	8192			2025-09-04
        llama-3.1-8b-instant	Llama 3.1 8B	tc	131072	131072	0.05/0.08//		2024-07-23
        llama-3.3-70b-versatile	Llama 3.3 70B	tc	131072	32768	0.59/0.79//		2024-12-06
        meta-llama/llama-4-scout-17b-16e-instruct	Llama 4 Scout 17B 16E	itc	131072	8192	0.11/0.34//		2025-04-05
        meta-llama/llama-prompt-guard-2-22m	Llama Prompt Guard 2 22M		512	512	0.03/0.03//		2025-05-29
        meta-llama/llama-prompt-guard-2-86m	Prompt Guard 2 86M		512	512	0.04/0.04//		2025-05-29
        openai/gpt-oss-120b	GPT OSS 120B	rtc	131072	65536	0.15/0.6/0.075/	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b	GPT OSS 20B	rtc	131072	65536	0.075/0.3/0.0375/	effort=low,medium,high	2025-08-05
        openai/gpt-oss-safeguard-20b	Safety GPT OSS 20B	rtc	131072	65536	0.075/0.3//	effort=low,medium,high	2025-10-29
        qwen/qwen3-32b	Qwen3-32B	rtc	131072	40960	0.29/0.59//	effort=none,default	2025-06-11
        @huggingface
        MiniMaxAI/MiniMax-M2	MiniMax-M2	rtc	204800	128000	0.3/1.2//		2025-10-27
        MiniMaxAI/MiniMax-M2.1	MiniMax-M2.1	rtc	204800	131072	0.3/1.2//		2025-12-23
        MiniMaxAI/MiniMax-M2.5	MiniMax-M2.5	rtc	204800	131072	0.3/1.2/0.03/		2026-02-12
        MiniMaxAI/MiniMax-M2.7	MiniMax-M2.7	rtc	204800	131072	0.3/1.2/0.06/		2026-03-18
        MiniMaxAI/MiniMax-M3	MiniMax-M3	irtc	524288	128000	0.3/1.2//		2026-06-01
        Qwen/Qwen3-235B-A22B	Qwen3 235B-A22B	rtc	40960	16384	0.2/0.8//		2025-04
        Qwen/Qwen3-235B-A22B-Thinking-2507	Qwen3-235B-A22B-Thinking-2507	rtc	262144	131072	0.3/3//		2025-07-25
        Qwen/Qwen3-32B	Qwen3 32B	rtc	131072	16384	0.29/0.59//		2025-04
        Qwen/Qwen3-Coder-30B-A3B-Instruct	Qwen3-Coder 30B-A3B Instruct	tc	262144	65536	0.07/0.26//		2025-04
        Qwen/Qwen3-Coder-480B-A35B-Instruct	Qwen3-Coder-480B-A35B-Instruct	tc	262144	66536	2/2//		2025-07-23
        Qwen/Qwen3-Coder-Next	Qwen3-Coder-Next	tc	262144	65536	0.2/1.5//		2026-02-03
        Qwen/Qwen3-Embedding-4B	Qwen 3 Embedding 4B		32000	2048	0.01/0//		2025-01-01
        Qwen/Qwen3-Embedding-8B	Qwen 3 Embedding 8B		32000	4096	0.01/0//		2025-01-01
        Qwen/Qwen3-Next-80B-A3B-Instruct	Qwen3-Next-80B-A3B-Instruct	tc	262144	66536	0.25/1//		2025-09-11
        Qwen/Qwen3-Next-80B-A3B-Thinking	Qwen3-Next-80B-A3B-Thinking	tc	262144	131072	0.3/2//		2025-09-11
        Qwen/Qwen3.5-122B-A10B	Qwen3.5 122B-A10B	irtc	262144	65536	0.4/3.2//		2026-02-23
        Qwen/Qwen3.5-27B	Qwen3.5 27B	irtc	262144	65536	0.3/2.4//		2026-02-23
        Qwen/Qwen3.5-35B-A3B	Qwen3.5 35B-A3B	irtc	262144	65536	0.25/2//		2026-02-23
        Qwen/Qwen3.5-397B-A17B	Qwen3.5-397B-A17B	irtc	262144	32768	0.6/3.6//	effort=none,low,medium,high	2026-02-01
        Qwen/Qwen3.5-9B	Qwen3.5 9B	irtc	262144	65536	0.17/0.25//		2026-02-23
        Qwen/Qwen3.6-27B	Qwen3.6 27B	irtc	262144	65536	0.47/3.19//		2026-04-22
        Qwen/Qwen3.6-35B-A3B	Qwen3.6 35B-A3B	irtc	262144	65536	0.15/0.95//		2026-04-17
        XiaomiMiMo/MiMo-V2-Flash	MiMo-V2-Flash	rtc	262144	4096	0.1/0.3//		2025-12-16
        XiaomiMiMo/MiMo-V2.5-Pro	MiMo-V2.5-Pro	rtc	1048576	131072	1/3//		2026-04-22
        deepseek-ai/DeepSeek-R1	DeepSeek-R1	rtc	64000	32768	0.7/2.5//		2025-01-20
        deepseek-ai/DeepSeek-R1-0528	DeepSeek-R1-0528	rtc	163840	163840	3/5//		2025-05-28
        deepseek-ai/DeepSeek-V3.2	DeepSeek-V3.2	rtc	163840	65536	0.28/0.4//		2025-12-01
        deepseek-ai/DeepSeek-V4-Flash	DeepSeek V4 Flash	rtc	1048576	384000	0.14/0.28//		2026-04-24
        deepseek-ai/DeepSeek-V4-Pro	DeepSeek V4 Pro	rtc	1048576	393216	0.435/0.87/0.003625/	effort=high	2026-04-24
        google/gemma-4-26B-A4B-it	Gemma 4 26B A4B IT	irtc	262144	32768	0.13/0.4//		2026-04-02
        google/gemma-4-31B-it	Gemma 4 31B IT	irtc	262144	32768	0.14/0.4//		2026-04-02
        meta-llama/Llama-3.3-70B-Instruct	Llama-3.3-70B-Instruct	tc	131072	4096	0.59/0.79//		2024-12-06
        moonshotai/Kimi-K2-Instruct	Kimi-K2-Instruct	tc	131072	16384	1/3//		2025-07-14
        moonshotai/Kimi-K2-Instruct-0905	Kimi-K2-Instruct-0905	tc	262144	16384	1/3//		2025-09-04
        moonshotai/Kimi-K2-Thinking	Kimi-K2-Thinking	rtc	262144	262144	0.6/2.5/0.15/		2025-11-06
        moonshotai/Kimi-K2.5	Kimi-K2.5	irtc	262144	262144	0.6/3/0.1/		2026-01-01
        moonshotai/Kimi-K2.6	Kimi-K2.6	irtc	262144	262144	0.95/4/0.16/		2026-04-20
        moonshotai/Kimi-K2.7-Code	Kimi K2.7 Code	irc	262144	262144	0.95/4//		2026-06-12
        openai/gpt-oss-120b	GPT OSS 120B	rtc	131072	32768	0.25/0.69//	effort=low,medium,high	2025-08-05
        stepfun-ai/Step-3.5-Flash	Step 3.5 Flash	rtc	262144	256000	0.1/0.3//		2026-01-29
        stepfun-ai/Step-3.7-Flash	Step 3.7 Flash	irtc	262144	256000	0.2/1.15//	effort=low,medium,high	2026-05-29
        zai-org/GLM-4.5	GLM-4.5	rtc	131072	98304	0.6/2.2//		2025-07-28
        zai-org/GLM-4.5-Air	GLM-4.5-Air	rtc	131072	98304	0.13/0.85//		2025-07-28
        zai-org/GLM-4.5V	GLM-4.5V	irtc	65536	16384	0.6/1.8//		2025-08-11
        zai-org/GLM-4.6	GLM-4.6	rtc	204800	131072	0.55/2.2//		2025-09-30
        zai-org/GLM-4.7	GLM-4.7	rtc	204800	131072	0.6/2.2/0.11/		2025-12-22
        zai-org/GLM-4.7-Flash	GLM-4.7-Flash	rtc	200000	128000	0/0//		2025-08-08
        zai-org/GLM-5	GLM-5	rtc	202752	131072	1/3.2/0.2/		2026-02-11
        zai-org/GLM-5.1	GLM-5.1	rtc	202752	131072	1/3.2/0.2/		2026-04-03
        zai-org/GLM-5.2	GLM-5.2	rtc	262144	131072	1.4/4.4//		2026-06-13
        @inception
        mercury-2	Mercury 2	rtc	128000	50000	0.25/0.75/0.025/	effort=low,medium,high	2026-02-24
        mercury-edit-2	Mercury Edit 2	rt	128000	8192	0.25/0.75/0.025/		2026-03-30
        @kimi-for-coding
        k2p5	Kimi K2.5	irtc	262144	32768	0/0/0/0	toggle	2026-01
        k2p6	Kimi K2.6	irtc	262144	32768	0/0/0/0	toggle	2026-04
        k2p7	Kimi K2.7 Code	irc	262144	32768	0/0/0/0		2026-06-12
        kimi-k2-thinking	Kimi K2 Thinking	rtc	262144	32768	0/0/0/0		2025-11
        @llama
        cerebras-llama-4-maverick-17b-128e-instruct	Cerebras-Llama-4-Maverick-17B-128E-Instruct	tc	128000	4096	0/0//		2025-04-05
        cerebras-llama-4-scout-17b-16e-instruct	Cerebras-Llama-4-Scout-17B-16E-Instruct	tc	128000	4096	0/0//		2025-04-05
        groq-llama-4-maverick-17b-128e-instruct	Groq-Llama-4-Maverick-17B-128E-Instruct	tc	128000	4096	0/0//		2025-04-05
        llama-3.3-70b-instruct	Llama-3.3-70B-Instruct	tc	128000	4096	0/0//		2024-12-06
        llama-3.3-8b-instruct	Llama-3.3-8B-Instruct	tc	128000	4096	0/0//		2024-12-06
        llama-4-maverick-17b-128e-instruct-fp8	Llama-4-Maverick-17B-128E-Instruct-FP8	itc	128000	4096	0/0//		2025-04-05
        llama-4-scout-17b-16e-instruct-fp8	Llama-4-Scout-17B-16E-Instruct-FP8	itc	128000	4096	0/0//		2025-04-05
        @lmstudio
        openai/gpt-oss-20b	GPT OSS 20B	rtc	131072	32768	0/0//	effort=low,medium,high	2025-08-05
        qwen/qwen3-30b-a3b-2507	Qwen3 30B A3B 2507	tc	262144	16384	0/0//		2025-07-30
        qwen/qwen3-coder-30b	Qwen3 Coder 30B	tc	262144	65536	0/0//		2025-07-23
        @minimax
        MiniMax-M2	MiniMax-M2	rtc	196608	128000	0.3/1.2//		2025-10-27
        MiniMax-M2.1	MiniMax-M2.1	rtc	204800	131072	0.3/1.2/0.03/0.375		2025-12-23
        MiniMax-M2.5	MiniMax-M2.5	rtc	204800	131072	0.3/1.2/0.03/0.375		2026-02-12
        MiniMax-M2.5-highspeed	MiniMax-M2.5-highspeed	rtc	204800	131072	0.6/2.4/0.06/0.375		2026-02-13
        MiniMax-M2.7	MiniMax-M2.7	rtc	204800	131072	0.3/1.2/0.06/0.375		2026-03-18
        MiniMax-M2.7-highspeed	MiniMax-M2.7-highspeed	rtc	204800	131072	0.6/2.4/0.06/0.375		2026-03-18
        MiniMax-M3	MiniMax-M3	irtc	1000000	128000	0.3/1.2/0.06/ 512000:0.6/2.4/0.12/	toggle	2026-06-01
        @minimax-cn
        MiniMax-M2	MiniMax-M2	rtc	196608	128000	0.3/1.2//		2025-10-27
        MiniMax-M2.1	MiniMax-M2.1	rtc	204800	131072	0.3/1.2/0.03/0.375		2025-12-23
        MiniMax-M2.5	MiniMax-M2.5	rtc	204800	131072	0.3/1.2/0.03/0.375		2026-02-12
        MiniMax-M2.5-highspeed	MiniMax-M2.5-highspeed	rtc	204800	131072	0.6/2.4/0.06/0.375		2026-02-13
        MiniMax-M2.7	MiniMax-M2.7	rtc	204800	131072	0.3/1.2/0.06/0.375		2026-03-18
        MiniMax-M2.7-highspeed	MiniMax-M2.7-highspeed	rtc	204800	131072	0.6/2.4/0.06/0.375		2026-03-18
        MiniMax-M3	MiniMax-M3	irtc	1000000	128000	0.3/1.2/0.06/ 512000:0.6/2.4/0.12/	toggle	2026-06-01
        @mistral
        codestral-latest	Codestral (latest)	tc	256000	4096	0.3/0.9//		2024-05-29
        devstral-2512	Devstral 2	tcd	262144	262144	0.4/2//		2025-12-09
        devstral-latest	Devstral 2	tcd	262144	262144	0.4/2//		2025-12-09
        devstral-medium-2507	Devstral Medium	tcd	128000	128000	0.4/2//		2025-07-10
        devstral-medium-latest	Devstral 2 (latest)	tcd	262144	262144	0.4/2//		2025-12-02
        devstral-small-2505	Devstral Small 2505	tcd	128000	128000	0.1/0.3//		2025-05-07
        devstral-small-2507	Devstral Small	tcd	128000	128000	0.1/0.3//		2025-07-10
        labs-devstral-small-2512	Devstral Small 2	itcd	256000	256000	0/0//		2025-12-09
        magistral-medium-latest	Magistral Medium (latest)	rtc	128000	16384	2/5//		2025-03-17
        magistral-small	Magistral Small	rtc	128000	128000	0.5/1.5//		2025-03-17
        ministral-3b-latest	Ministral 3B (latest)	tc	128000	128000	0.04/0.04//		2024-10-01
        ministral-8b-latest	Ministral 8B (latest)	tc	128000	128000	0.1/0.1//		2024-10-01
        mistral-embed	Mistral Embed		8000	3072	0.1/0//		2023-12-11
        mistral-large-2411	Mistral Large 2.1	tc	131072	16384	2/6//		2024-11-18
        mistral-large-2512	Mistral Large 3	itc	262144	262144	0.5/1.5//		2024-11-01
        mistral-large-latest	Mistral Large (latest)	itc	262144	262144	0.5/1.5//		2024-11-01
        mistral-medium-2505	Mistral Medium 3	itc	131072	131072	0.4/2//		2025-05-07
        mistral-medium-2508	Mistral Medium 3.1	itc	262144	262144	0.4/2//		2025-08-12
        mistral-medium-2604	Mistral Medium 3.5	irtc	262144	262144	1.5/7.5//	effort=none,high	2026-04-29
        mistral-medium-latest	Mistral Medium (latest)	itc	262144	262144	0.4/2//		2025-08-12
        mistral-nemo	Mistral Nemo	tc	128000	128000	0.15/0.15//		2024-07-01
        mistral-small-2506	Mistral Small 3.2	itc	128000	16384	0.1/0.3//		2025-06-20
        mistral-small-2603	Mistral Small 4	irtc	256000	256000	0.15/0.6//	effort=none,high	2026-03-16
        mistral-small-latest	Mistral Small (latest)	irtc	256000	256000	0.15/0.6//	effort=none,high	2026-03-16
        open-mistral-7b	Mistral 7B	tc	8000	8000	0.25/0.25//		2023-09-27
        open-mistral-nemo	Open Mistral Nemo	tcd	128000	128000	0.15/0.15//		2024-07-01
        open-mixtral-8x22b	Mixtral 8x22B	tc	64000	64000	2/6//		2024-04-17
        open-mixtral-8x7b	Mixtral 8x7B	tc	32000	32000	0.7/0.7//		2023-12-11
        pixtral-12b	Pixtral 12B	itc	128000	128000	0.15/0.15//		2024-09-01
        pixtral-large-latest	Pixtral Large (latest)	itc	128000	128000	2/6//		2024-11-01
        @moonshotai
        kimi-k2-0711-preview	Kimi K2 0711	tc	131072	16384	0.6/2.5/0.15/		2025-07-14
        kimi-k2-0905-preview	Kimi K2 0905	tc	262144	262144	0.6/2.5/0.15/		2025-09-05
        kimi-k2-thinking	Kimi K2 Thinking	rtc	262144	262144	0.6/2.5/0.15/		2025-11-06
        kimi-k2-thinking-turbo	Kimi K2 Thinking Turbo	rtc	262144	262144	1.15/8/0.15/		2025-11-06
        kimi-k2-turbo-preview	Kimi K2 Turbo	tc	262144	262144	2.4/10/0.6/		2025-09-05
        kimi-k2.5	Kimi K2.5	irc	262144	262144	0.6/3/0.1/	toggle	2026-01
        kimi-k2.6	Kimi K2.6	irtc	262144	262144	0.95/4/0.16/	toggle	2026-04-21
        kimi-k2.7-code	Kimi K2.7 Code	irc	262144	262144	0.95/4/0.19/		2026-06-12
        kimi-k2.7-code-highspeed	Kimi K2.7 Code HighSpeed	irc	262144	262144	1.9/8/0.38/		2026-06-12
        @moonshotai-cn
        kimi-k2-0711-preview	Kimi K2 0711	tc	131072	16384	0.6/2.5/0.15/		2025-07-14
        kimi-k2-0905-preview	Kimi K2 0905	tc	262144	262144	0.6/2.5/0.15/		2025-09-05
        kimi-k2-thinking	Kimi K2 Thinking	rtc	262144	262144	0.6/2.5/0.15/		2025-11-06
        kimi-k2-thinking-turbo	Kimi K2 Thinking Turbo	rtc	262144	262144	1.15/8/0.15/		2025-11-06
        kimi-k2-turbo-preview	Kimi K2 Turbo	tc	262144	262144	2.4/10/0.6/		2025-09-05
        kimi-k2.5	Kimi K2.5	irc	262144	262144	0.6/3/0.1/	toggle	2026-01
        kimi-k2.6	Kimi K2.6	irtc	262144	262144	0.95/4/0.16/	toggle	2026-04-21
        kimi-k2.7-code	Kimi K2.7 Code	irc	262144	262144	0.95/4/0.19/		2026-06-12
        kimi-k2.7-code-highspeed	Kimi K2.7 Code HighSpeed	irc	262144	262144	1.9/8/0.38/		2026-06-12
        @nebius
        MiniMaxAI/MiniMax-M2.5	MiniMax-M2.5	rtc	196608	8192	0.3/1.2/0.03/0.375		2025-01-20
        MiniMaxAI/MiniMax-M2.5-fast	MiniMax-M2.5-fast	rtcd	8000	8192	0.3/1.2/0.03/0.375		2025-01-20
        NousResearch/Hermes-4-405B	Hermes-4-405B	rtc	128000	8192	1/3/0.1/1.25		2026-01-30
        NousResearch/Hermes-4-70B	Hermes-4-70B	rtc	128000	8192	0.13/0.4/0.013/0.16		2026-01-30
        PrimeIntellect/INTELLECT-3	INTELLECT-3	tcd	128000	8192	0.2/1.1/0.02/0.25		2026-01-25
        Qwen/Qwen2.5-VL-72B-Instruct	Qwen2.5-VL-72B-Instruct	itc	128000	8192	0.25/0.75/0.025/0.31		2025-01-20
        Qwen/Qwen3-235B-A22B-Instruct-2507	Qwen3 235B A22B Instruct 2507	tc	262144	8192	0.2/0.6//		2025-07-25
        Qwen/Qwen3-235B-A22B-Thinking-2507-fast	Qwen3-235B-A22B-Thinking-2507-fast	rtcd	8000	8192	0.5/2/0.05/0.625		2025-07-25
        Qwen/Qwen3-30B-A3B-Instruct-2507	Qwen3-30B-A3B-Instruct-2507	tc	128000	8192	0.1/0.3/0.01/0.125		2026-01-28
        Qwen/Qwen3-32B	Qwen3-32B	tc	128000	8192	0.1/0.3/0.01/0.125		2026-01-28
        Qwen/Qwen3-Next-80B-A3B-Thinking	Qwen3-Next-80B-A3B-Thinking	rtc	128000	16384	0.15/1.2/0.015/0.18		2026-01-28
        Qwen/Qwen3-Next-80B-A3B-Thinking-fast	Qwen3-Next-80B-A3B-Thinking-fast	rtcd	8000	8192	0.15/1.2/0.015/0.1875		2025-07-25
        Qwen/Qwen3.5-397B-A17B	Qwen3.5-397B-A17B	rtc	262144	8192	0.6/3.6/0.06/0.75	toggle	2025-07-15
        Qwen/Qwen3.5-397B-A17B-fast	Qwen3.5-397B-A17B-fast	rtcd	8000	8192	0.6/3.6/0.06/0.75	toggle	2025-07-15
        deepseek-ai/DeepSeek-V3.2	DeepSeek-V3.2	rtcd	163000	16384	0.3/0.45/0.03/0.375	toggle	2026-01-20
        deepseek-ai/DeepSeek-V3.2-fast	DeepSeek-V3.2-fast	rtcd	8000	8192	0.4/2/0.04/0.5	toggle	2025-01-27
        deepseek-ai/DeepSeek-V4-Pro	DeepSeek V4 Pro	rtc	1000000	384000	1.75/3.5/0.15/	toggle effort=low,medium,high	2026-04-24
        google/gemma-3-27b-it	Gemma-3-27b-it	itc	110000	8192	0.1/0.3/0.01/0.125		2026-01-20
        meta-llama/Llama-3.3-70B-Instruct	Llama-3.3-70B-Instruct	tc	128000	8192	0.13/0.4/0.013/0.16		2025-12-05
        moonshotai/Kimi-K2.5	Kimi-K2.5	irtcd	256000	8192	0.5/2.5/0.05/0.625	toggle	2025-12-15
        moonshotai/Kimi-K2.5-fast	Kimi-K2.5-fast	irtcd	256000	8192	0.5/2.5/0.05/0.625	toggle	2025-12-15
        nvidia/Llama-3_1-Nemotron-Ultra-253B-v1	Llama-3.1-Nemotron-Ultra-253B-v1	tc	128000	4096	0.6/1.8/0.06/0.75		2025-01-15
        nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B	Nemotron-3-Nano-30B-A3B	tc	32000	4096	0.06/0.24/0.006/0.075		2025-08-10
        nvidia/Nemotron-3-Nano-Omni	Nemotron-3-Nano-Omni	rtc	65536	8192	0.06/0.24/0.006/0.075		2025-01-20
        nvidia/nemotron-3-super-120b-a12b	Nemotron-3-Super-120B-A12B	rtc	256000	32768	0.3/0.9//		2026-03-11
        openai/gpt-oss-120b	gpt-oss-120b	rtc	128000	8192	0.15/0.6/0.015/0.18	effort=low,medium,high	2026-01-10
        openai/gpt-oss-120b-fast	gpt-oss-120b-fast	rtcd	8000	8192	0.1/0.5/0.01/0.125	effort=low,medium,high	2025-06-10
        zai-org/GLM-5	GLM-5	rtcd	200000	16384	1/3.2/0.1/1	toggle	2026-03-01
        zai-org/GLM-5.2	GLM-5.2	rtc	432000	432000	1.4/4.4//	effort=low,medium,high	2026-06-13
        @nvidia
        abacusai/dracarys-llama-3_1-70b-instruct	dracarys-llama-3.1-70b-instruct	tc	128000	8192	0/0//		2024-09-11
        baai/bge-m3	BGE M3		8192	1024	0/0//		2024-01-30
        bytedance/seed-oss-36b-instruct	ByteDance-Seed/Seed-OSS-36B-Instruct	tc	262000	262000	0/0//		2025-09-04
        deepseek-ai/deepseek-v4-flash	DeepSeek V4 Flash	rtc	1048576	393216	0.14/0.28/0.0028/	effort=none,high,max	2026-04-24
        deepseek-ai/deepseek-v4-pro	DeepSeek V4 Pro	rtc	1048576	393216	0.435/0.87/0.003625/	effort=none,high,max	2026-04-24
        google/gemma-2-2b-it	Gemma 2 2b It	tc	128000	4096	0/0//		2024-07-16
        google/gemma-3n-e2b-it	Gemma 3n E2b It	itc	128000	4096	0/0//		2025-06-12
        google/gemma-3n-e4b-it	Gemma 3n E4b It	itc	128000	4096	0/0//		2025-06-03
        google/gemma-4-31b-it	Gemma-4-31B-IT	irtc	256000	16384	0/0//	toggle	2026-04-02
        google/google-paligemma	paligemma	it	128000	8192	0/0//		2024-05-14
        meta/esm2-650m	esm2-650m	t	128000	8192	0/0//		2024-08-29
        meta/esmfold	esmfold	t	128000	8192	0/0//		2024-03-15
        meta/llama-3.1-70b-instruct	Llama 3.1 70b Instruct	tc	128000	4096	0/0//		2024-07-16
        meta/llama-3.1-8b-instruct	Llama 3.1 8B Instruct	tc	16000	4096	0/0//		2025-01-01
        meta/llama-3.2-11b-vision-instruct	Llama 3.2 11b Vision Instruct	itc	128000	4096	0/0//		2024-09-18
        meta/llama-3.2-1b-instruct	Llama 3.2 1b Instruct	tc	128000	4096	0/0//		2024-09-18
        meta/llama-3.2-3b-instruct	Llama 3.2 3B Instruct	t	32768	32000	0/0//		2024-09-18
        meta/llama-3.2-90b-vision-instruct	Llama-3.2-90B-Vision-Instruct	itc	128000	8192	0/0//		2024-09-25
        meta/llama-3.3-70b-instruct	Llama 3.3 70b Instruct	tc	128000	4096	0/0//		2024-11-26
        meta/llama-4-maverick-17b-128e-instruct	Llama 4 Maverick 17b 128e Instruct	itc	128000	4096	0/0//		2025-04-01
        meta/llama-guard-4-12b	Llama Guard 4 12B	it	128000	16384	0/0//		2025-04-05
        microsoft/phi-4-mini-instruct	Phi-4-Mini	tc	131072	8192	0/0//		2024-12-01
        microsoft/phi-4-multimodal-instruct	Phi 4 Multimodal	t	128000	16384	0/0//		2025-07-26
        minimaxai/minimax-m2.7	MiniMax-M2.7	rtc	204800	131072	0/0//		2026-03-18
        minimaxai/minimax-m3	MiniMax-M3	irtc	1000000	16384	0/0//	toggle	2026-06-01
        mistralai/magistral-small-2506	Magistral Small 2506	t	32768	32768	0/0//		2025-09-25
        mistralai/mistral-7b-instruct-v03	Mistral-7B-Instruct-v0.3	tc	65536	65536	0/0//		2025-04-01
        mistralai/mistral-large-3-675b-instruct-2512	Mistral Large 3 675B Instruct 2512	itc	262144	262144	0/0//		2025-12-02
        mistralai/mistral-medium-3-instruct	Mistral Medium 3	it	131072	32768	0/0//		2025-09-25
        mistralai/mistral-nemotron	mistral-nemotron	tc	128000	8192	0/0//		2025-06-11
        mistralai/mistral-small-4-119b-2603	mistral-small-4-119b-2603	irtc	128000	8192	0/0//	effort=none,high	2026-03-16
        mistralai/mixtral-8x22b-instruct	Mistral: Mixtral 8x22B Instruct	tc	65536	13108	0/0//		2024-04-17
        mistralai/mixtral-8x7b-instruct	Mistral: Mixtral 8x7B Instruct	tc	32768	16384	0/0//		2023-12-10
        moonshotai/kimi-k2-instruct-0905	Kimi K2 0905	tc	262144	262144	0/0//		2025-09-05
        moonshotai/kimi-k2.6	Kimi K2.6	irtc	262144	262144	0/0//	effort=none,minimal,low,medium,high,xhigh,max	2026-04-21
        nvidia/active-speaker-detection	Active Speaker Detection		0	4096	0/0//		2026-04-16
        nvidia/bevformer	bevformer	t	128000	8192	0/0//		2025-03-18
        nvidia/gliner-pii	gliner-pii	t	128000	4096	0/0//		2026-03-03
        nvidia/llama-3_1-nemotron-safety-guard-8b-v3	llama-3.1-nemotron-safety-guard-8b-v3		128000	4096	0/0//		2025-10-28
        nvidia/llama-3_2-nemoretriever-300m-embed-v1	llama-3_2-nemoretriever-300m-embed-v1		32768	2048	0/0//		2025-07-24
        nvidia/llama-nemotron-embed-vl-1b-v2	llama-nemotron-embed-vl-1b-v2	i	32768	2048	0/0//		2026-02-10
        nvidia/llama-nemotron-rerank-vl-1b-v2	llama-nemotron-rerank-vl-1b-v2	i	128000	4096	0/0//		2026-03-31
        nvidia/nemotron-3-content-safety	nemotron-3-content-safety		128000	4096	0/0//		2026-04-16
        nvidia/nemotron-3-nano-30b-a3b	nemotron-3-nano-30b-a3b	rtc	131072	131072	0/0//	toggle	2024-12
        nvidia/nemotron-3-nano-omni-30b-a3b-reasoning	Nemotron 3 Nano Omni	irtc	256000	65536	0/0//	toggle budget=-1,32768	2026-04-28
        nvidia/nemotron-3-super-120b-a12b	Nemotron 3 Super	rtc	262144	262144	0.2/0.8//	toggle	2026-03-11
        nvidia/nemotron-3-ultra-550b-a55b	Nemotron 3 Ultra 550B A55B	rtc	1000000	65536	0.5/2.5/0.15/	toggle	2026-06-04
        nvidia/nemotron-content-safety-reasoning-4b	nemotron-content-safety-reasoning-4b	r	128000	4096	0/0//		2026-01-22
        nvidia/nemotron-mini-4b-instruct	nemotron-mini-4b-instruct	tc	128000	8192	0/0//		2024-08-21
        nvidia/nemotron-voicechat	nemotron-voicechat	tc	128000	8192	0/0//		2026-03-16
        nvidia/nv-embed-v1	nv-embed-v1		32768	2048	0/0//		2024-06-07
        nvidia/nv-embedcode-7b-v1	nv-embedcode-7b-v1		32768	2048	0/0//		2025-03-17
        nvidia/nvidia-nemotron-nano-9b-v2	nvidia-nemotron-nano-9b-v2	rtc	131072	131072	0/0//	toggle	2025-08-18
        nvidia/rerank-qa-mistral-4b	rerank-qa-mistral-4b		128000	4096	0/0//		2024-03-17
        nvidia/riva-translate-4b-instruct-v1_1	riva-translate-4b-instruct-v1_1		128000	4096	0/0//		2025-12-12
        nvidia/sparsedrive	sparsedrive	t	128000	8192	0/0//		2025-03-18
        nvidia/streampetr	streampetr	t	128000	8192	0/0//		2025-11-13
        nvidia/studiovoice	studiovoice	t	128000	8192	0/0//		2024-10-03
        nvidia/synthetic-video-detector	synthetic-video-detector	t	0	4096	0/0//		2026-04-16
        nvidia/usdcode	usdcode	t	128000	4096	0/0//		2026-01-01
        nvidia/usdvalidate	usdvalidate		0	4096	0/0//		2024-07-24
        openai/gpt-oss-120b	GPT-OSS-120B	rtc	128000	8192	0/0//	effort=low,medium,high	2025-08-04
        openai/gpt-oss-20b	GPT OSS 20B	rtc	131072	32768	0/0//	effort=low,medium,high	2025-08-05
        openai/whisper-large-v3	Whisper Large v3		0	4096	0/0//		2023-09-01
        qwen/qwen2.5-coder-32b-instruct	Qwen2.5 Coder 32b Instruct	tc	128000	4096	0/0//		2024-11-06
        qwen/qwen3-coder-480b-a35b-instruct	Qwen3 Coder 480B A35B Instruct	tc	262144	66536	0/0//		2025-07-23
        qwen/qwen3-next-80b-a3b-instruct	Qwen3-Next-80B-A3B-Instruct	tc	262144	16384	0/0//		2024-12-01
        qwen/qwen3.5-122b-a10b	Qwen3.5 122B-A10B	irtc	262144	65536	0/0//	toggle	2026-02-23
        qwen/qwen3.5-397b-a17b	Qwen3.5-397B-A17B	irtc	262144	8192	0/0//	toggle	2026-02-16
        sarvamai/sarvam-m	sarvam-m	tc	128000	8192	0/0//		2025-07-25
        stepfun-ai/step-3.5-flash	Step 3.5 Flash	rtc	256000	16384	0/0//	effort=low,medium,high	2026-02-02
        stepfun-ai/step-3.7-flash	Step 3.7 Flash	irtc	256000	16384	0/0//	effort=minimal,low,medium,high,xhigh,max	2026-05-28
        upstage/solar-10_7b-instruct	solar-10.7b-instruct	tc	128000	8192	0/0//		2024-06-05
        z-ai/glm-5.1	GLM-5.1	rtc	131072	131072	0/0//	toggle	2026-03-27
        @ollama-cloud
        cogito-2.1:671b	cogito-2.1:671b	rtcd	163840	32000		toggle	2025-11-19
        deepseek-v3.1:671b	deepseek-v3.1:671b	rtc	163840	163840		toggle	2025-08-21
        deepseek-v3.2	deepseek-v3.2	rtc	163840	65536		toggle	2025-06-15
        deepseek-v4-flash	deepseek-v4-flash	rtc	1048576	1048576		toggle effort=high,max	2026-04-24
        deepseek-v4-pro	deepseek-v4-pro	rtc	1048576	1048576		toggle effort=high,max	2026-04-24
        devstral-2:123b	devstral-2:123b	tc	262144	262144			2025-12-09
        devstral-small-2:24b	devstral-small-2:24b	itc	262144	262144			2025-12-09
        gemini-3-flash-preview	gemini-3-flash-preview	irtc	1048576	65536		toggle	2025-12-17
        gemma3:12b	gemma3:12b	it	131072	131072			2024-12-01
        gemma3:27b	gemma3:27b	it	131072	131072			2025-07-27
        gemma3:4b	gemma3:4b	it	131072	131072			2024-12-01
        gemma4:31b	gemma4:31b	irtc	262144	262144		toggle	2026-04-02
        glm-4.6	glm-4.6	rtcd	202752	131072		toggle	2025-09-29
        glm-4.7	glm-4.7	rtc	202752	131072		toggle	2025-12-22
        glm-5	glm-5	rtc	202752	131072		toggle	2026-02-11
        glm-5.1	glm-5.1	rtc	202752	131072		toggle	2026-03-27
        glm-5.2	GLM-5.2	rtc	976000	131072		effort=high,max	2026-06-13
        gpt-oss:120b	gpt-oss:120b	rtc	131072	32768		effort=low,medium,high	2025-08-05
        gpt-oss:20b	gpt-oss:20b	rtc	131072	32768		effort=low,medium,high	2025-08-05
        kimi-k2-thinking	kimi-k2-thinking	rtcd	262144	262144			2025-11-06
        kimi-k2.5	kimi-k2.5	irtc	262144	262144		toggle	2026-01-27
        kimi-k2.6	kimi-k2.6	irtc	262144	262144		toggle	2026-04-20
        kimi-k2.7-code	kimi-k2.7-code	irc	262144	262144		toggle	2026-06-12
        kimi-k2:1t	kimi-k2:1t	tcd	262144	262144			2025-07-11
        minimax-m2	minimax-m2	rtcd	204800	128000			2025-10-23
        minimax-m2.1	minimax-m2.1	rtc	204800	131072			2025-12-23
        minimax-m2.5	minimax-m2.5	rtc	204800	131072			2026-02-12
        minimax-m2.7	minimax-m2.7	rtc	196608	196608		toggle	2026-03-18
        minimax-m3	minimax-m3	irtc	512000	131072		toggle effort=low,medium,high,max	2026-05-31
        ministral-3:14b	ministral-3:14b	itc	262144	128000			2024-12-01
        ministral-3:3b	ministral-3:3b	itc	262144	128000			2024-10-22
        ministral-3:8b	ministral-3:8b	itc	262144	128000			2024-12-01
        mistral-large-3:675b	mistral-large-3:675b	itc	262144	262144			2025-12-02
        nemotron-3-nano:30b	nemotron-3-nano:30b	rtc	1048576	131072		toggle	2025-12-15
        nemotron-3-super	nemotron-3-super	rtc	262144	65536		toggle	2026-03-11
        nemotron-3-ultra	nemotron-3-ultra	rtc	262144	128000		toggle	2026-06-04
        qwen3-coder-next	qwen3-coder-next	tc	262144	65536			2026-02-02
        qwen3-coder:480b	qwen3-coder:480b	tc	262144	65536			2025-07-22
        qwen3-next:80b	qwen3-next:80b	rtcd	262144	32768			2025-09-15
        qwen3-vl:235b	qwen3-vl:235b	irtcd	262144	32768			2025-09-22
        qwen3-vl:235b-instruct	qwen3-vl:235b-instruct	itcd	262144	131072			2025-09-22
        qwen3.5:397b	qwen3.5:397b	irtc	262144	65536		toggle	2026-02-15
        rnj-1:8b	rnj-1:8b	tc	32768	4096			2025-12-06
        @openai
        gpt-3.5-turbo	GPT-3.5-turbo	t	16385	4096	0.5/1.5/0/		2023-03-01
        gpt-4	GPT-4	tc	8192	8192	30/60//		2023-11-06
        gpt-4-turbo	GPT-4 Turbo	itc	128000	4096	10/30//		2023-11-06
        gpt-4.1	GPT-4.1	itc	1047576	32768	2/8/0.5/		2025-04-14
        gpt-4.1-mini	GPT-4.1 mini	itc	1047576	32768	0.4/1.6/0.1/		2025-04-14
        gpt-4.1-nano	GPT-4.1 nano	itc	1047576	32768	0.1/0.4/0.025/		2025-04-14
        gpt-4o	GPT-4o	itc	128000	16384	2.5/10/1.25/		2024-05-13
        gpt-4o-2024-05-13	GPT-4o (2024-05-13)	itc	128000	4096	5/15//		2024-05-13
        gpt-4o-2024-08-06	GPT-4o (2024-08-06)	itc	128000	16384	2.5/10/1.25/		2024-08-06
        gpt-4o-2024-11-20	GPT-4o (2024-11-20)	itc	128000	16384	2.5/10/1.25/		2024-11-20
        gpt-4o-mini	GPT-4o mini	itc	128000	16384	0.15/0.6/0.075/		2024-07-18
        gpt-5	GPT-5	irc	400000	128000	1.25/10/0.125/	effort=minimal,low,medium,high	2025-08-07
        gpt-5-chat-latest	GPT-5 Chat (latest)	irt	400000	128000	1.25/10/0.125/		2025-08-07
        gpt-5-codex	GPT-5-Codex	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high	2025-09-15
        gpt-5-mini	GPT-5 Mini	irc	400000	128000	0.25/2/0.025/	effort=minimal,low,medium,high	2025-08-07
        gpt-5-nano	GPT-5 Nano	irc	400000	128000	0.05/0.4/0.005/	effort=minimal,low,medium,high	2025-08-07
        gpt-5-pro	GPT-5 Pro	irc	400000	272000	15/120//	effort=high	2025-10-06
        gpt-5.1	GPT-5.1	irc	400000	128000	1.25/10/0.125/	effort=none,low,medium,high	2025-11-13
        gpt-5.1-chat-latest	GPT-5.1 Chat	irc	128000	16384	1.25/10/0.125/	effort=medium	2025-11-13
        gpt-5.1-codex	GPT-5.1 Codex	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high	2025-11-13
        gpt-5.1-codex-max	GPT-5.1 Codex Max	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high,xhigh	2025-11-13
        gpt-5.1-codex-mini	GPT-5.1 Codex mini	irc	400000	128000	0.25/2/0.025/	effort=low,medium,high	2025-11-13
        gpt-5.2	GPT-5.2	irc	400000	128000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2025-12-11
        gpt-5.2-chat-latest	GPT-5.2 Chat	irc	128000	16384	1.75/14/0.175/	effort=medium	2025-12-11
        gpt-5.2-codex	GPT-5.2 Codex	irc	400000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2025-12-11
        gpt-5.2-pro	GPT-5.2 Pro	irc	400000	128000	21/168//	effort=medium,high,xhigh	2025-12-11
        gpt-5.3-chat-latest	GPT-5.3 Chat (latest)	itc	128000	16384	1.75/14/0.175/		2026-03-03
        gpt-5.3-codex	GPT-5.3 Codex	irc	400000	128000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2026-02-05
        gpt-5.3-codex-spark	GPT-5.3 Codex Spark	irc	128000	32000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2026-02-05
        gpt-5.4	GPT-5.4	irc	1050000	128000	2.5/15/0.25/ 272000:5/22.5/0.5/	effort=none,low,medium,high,xhigh	2026-03-05
        gpt-5.4-mini	GPT-5.4 mini	irc	400000	128000	0.75/4.5/0.075/	effort=none,low,medium,high,xhigh	2026-03-17
        gpt-5.4-nano	GPT-5.4 nano	irc	400000	128000	0.2/1.25/0.02/	effort=none,low,medium,high,xhigh	2026-03-17
        gpt-5.4-pro	GPT-5.4 Pro	irc	1050000	128000	30/180// 272000:60/270//	effort=medium,high,xhigh	2026-03-05
        gpt-5.5	GPT-5.5	irc	1050000	128000	5/30/0.5/ 272000:10/45/1/	effort=none,low,medium,high,xhigh	2026-04-23
        gpt-5.5-pro	GPT-5.5 Pro	irc	1050000	128000	30/180// 272000:60/270//	effort=medium,high,xhigh	2026-04-23
        o1	o1	irc	200000	100000	15/60/7.5/	effort=low,medium,high	2024-12-05
        o1-pro	o1-pro	irc	200000	100000	150/600//	effort=low,medium,high	2025-03-19
        o3	o3	irc	200000	100000	2/8/0.5/	effort=low,medium,high	2025-04-16
        o3-deep-research	o3-deep-research	irc	200000	100000	10/40/2.5/	effort=medium	2024-06-26
        o3-mini	o3-mini	rc	200000	100000	1.1/4.4/0.55/	effort=low,medium,high	2024-12-20
        o3-pro	o3-pro	irc	200000	100000	20/80//	effort=low,medium,high	2025-06-10
        o4-mini	o4-mini	irc	200000	100000	1.1/4.4/0.275/	effort=low,medium,high	2025-04-16
        o4-mini-deep-research	o4-mini-deep-research	irc	200000	100000	2/8/0.5/	effort=medium	2024-06-26
        text-embedding-3-large	text-embedding-3-large		8191	3072	0.13/0//		2024-01-25
        text-embedding-3-small	text-embedding-3-small		8191	1536	0.02/0//		2024-01-25
        text-embedding-ada-002	text-embedding-ada-002		8192	1536	0.1/0//		2022-12-15
        @opencode
        big-pickle	Big Pickle	rtc	200000	32000	0/0/0/0		2025-10-17
        claude-3-5-haiku	Claude Haiku 3.5	itcd	200000	8192	0.8/4/0.08/1		2024-10-22	anthropic-messages
        claude-fable-5	Claude Fable 5	ircd	1000000	128000	10/50/1/12.5	effort=low,medium,high,xhigh,max	2026-06-09	anthropic-messages
        claude-haiku-4-5	Claude Haiku 4.5	irtc	200000	64000	1/5/0.1/1.25	budget=1024,	2025-10-15	anthropic-messages
        claude-opus-4-1	Claude Opus 4.1	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-08-05	anthropic-messages
        claude-opus-4-5	Claude Opus 4.5	irtc	200000	64000	5/25/0.5/6.25	effort=low,medium,high budget=1024,	2025-11-24	anthropic-messages
        claude-opus-4-6	Claude Opus 4.6	irtc	1000000	128000	5/25/0.5/6.25	effort=low,medium,high,max budget=1024,	2026-02-05	anthropic-messages
        claude-opus-4-7	Claude Opus 4.7	irc	1000000	128000	5/25/0.5/6.25	effort=low,medium,high,xhigh,max	2026-04-16	anthropic-messages
        claude-opus-4-8	Claude Opus 4.8	irc	1000000	128000	5/25/0.5/6.25	effort=low,medium,high,xhigh,max	2026-05-28	anthropic-messages
        claude-sonnet-4	Claude Sonnet 4	irtc	1000000	64000	3/15/0.3/3.75 200000:6/22.5/0.6/7.5	budget=1024,	2025-05-22	anthropic-messages
        claude-sonnet-4-5	Claude Sonnet 4.5	irtc	1000000	64000	3/15/0.3/3.75 200000:6/22.5/0.6/7.5	budget=1024,	2025-09-29	anthropic-messages
        claude-sonnet-4-6	Claude Sonnet 4.6	irtc	1000000	64000	3/15/0.3/3.75	effort=low,medium,high,max budget=1024,	2026-02-17	anthropic-messages
        claude-sonnet-5	Claude Sonnet 5	irc	1000000	128000	2/10/0.2/2.5	effort=low,medium,high,xhigh,max	2026-06-30	anthropic-messages
        deepseek-v4-flash	DeepSeek V4 Flash	rtc	1000000	384000	0.14/0.28/0.028/	toggle effort=high,max	2026-04-24
        deepseek-v4-flash-free	DeepSeek V4 Flash Free	rtc	200000	128000	0/0/0/	toggle effort=high,max	2026-04-24
        deepseek-v4-pro	DeepSeek V4 Pro	rtc	1000000	384000	1.74/3.84/0.145/	toggle effort=high,max	2026-04-24
        gemini-3-flash	Gemini 3 Flash	irtc	1048576	65536	0.5/3/0.05/	effort=minimal,low,medium,high	2025-12-17	google-generative-ai
        gemini-3-pro	Gemini 3 Pro	irtcd	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,high	2025-11-18	google-generative-ai
        gemini-3.1-pro	Gemini 3.1 Pro Preview	irtc	1048576	65536	2/12/0.2/ 200000:4/18/0.4/	effort=low,medium,high	2026-02-19	google-generative-ai
        gemini-3.5-flash	Gemini 3.5 Flash	irtc	1048576	65536	1.5/9/0.15/	effort=minimal,low,medium,high	2026-05-19	google-generative-ai
        glm-4.6	GLM-4.6	rtcd	204800	131072	0.6/2.2/0.1/	toggle	2025-09-30
        glm-4.7	GLM-4.7	rtcd	204800	131072	0.6/2.2/0.1/	toggle	2025-12-22
        glm-4.7-free	GLM-4.7 Free	rtcd	204800	131072	0/0/0/	toggle	2025-12-22
        glm-5	GLM-5	rtc	204800	131072	1/3.2/0.2/	toggle	2026-02-11
        glm-5-free	GLM-5 Free	rtcd	204800	131072	0/0/0/	toggle	2026-02-11
        glm-5.1	GLM-5.1	rtc	204800	131072	1.4/4.4/0.26/	toggle	2026-04-07
        glm-5.2	GLM-5.2	rtc	1000000	131072	1.4/4.4/0.26/	effort=high,max	2026-06-13
        gpt-5	GPT-5	irc	400000	128000	1.07/8.5/0.107/	effort=minimal,low,medium,high	2025-08-07	openai-responses
        gpt-5-codex	GPT-5 Codex	irc	400000	128000	1.07/8.5/0.107/	effort=low,medium,high	2025-09-15	openai-responses
        gpt-5-nano	GPT-5 Nano	irc	400000	128000	0.05/0.4/0.005/	effort=minimal,low,medium,high	2025-08-07	openai-responses
        gpt-5.1	GPT-5.1	irc	400000	128000	1.07/8.5/0.107/	effort=none,low,medium,high	2025-11-13	openai-responses
        gpt-5.1-codex	GPT-5.1 Codex	irc	400000	128000	1.07/8.5/0.107/	effort=low,medium,high	2025-11-13	openai-responses
        gpt-5.1-codex-max	GPT-5.1 Codex Max	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high,xhigh	2025-11-13	openai-responses
        gpt-5.1-codex-mini	GPT-5.1 Codex Mini	irc	400000	128000	0.25/2/0.025/	effort=low,medium,high	2025-11-13	openai-responses
        gpt-5.2	GPT-5.2	irc	400000	128000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2025-12-11	openai-responses
        gpt-5.2-codex	GPT-5.2 Codex	irc	400000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2026-01-14	openai-responses
        gpt-5.3-codex	GPT-5.3 Codex	irc	400000	128000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2026-02-24	openai-responses
        gpt-5.3-codex-spark	GPT-5.3 Codex Spark	rc	128000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2026-02-12	openai-responses
        gpt-5.4	GPT-5.4	irc	1050000	128000	2.5/15/0.25/ 272000:5/22.5/0.5/	effort=none,low,medium,high,xhigh	2026-03-05	openai-responses
        gpt-5.4-mini	GPT-5.4 Mini	irc	400000	128000	0.75/4.5/0.075/	effort=none,low,medium,high,xhigh	2026-03-17	openai-responses
        gpt-5.4-nano	GPT-5.4 Nano	irc	400000	128000	0.2/1.25/0.02/	effort=none,low,medium,high,xhigh	2026-03-17	openai-responses
        gpt-5.4-pro	GPT-5.4 Pro	irc	1050000	128000	30/180/30/	effort=medium,high,xhigh	2026-03-05	openai-responses
        gpt-5.5	GPT-5.5	irc	1050000	128000	5/30/0.5/ 272000:10/45/1/	effort=none,low,medium,high,xhigh	2026-04-23	openai-responses
        gpt-5.5-pro	GPT-5.5 Pro	irc	1050000	128000	30/180/30/	effort=medium,high,xhigh	2026-04-24	openai-responses
        grok-build-0.1	Grok Build 0.1	irtc	256000	256000	1/2/0.2/		2026-05-20
        grok-code	Grok Code Fast 1	rtcd	256000	256000	0/0/0/0		2025-08-20
        hy3-preview-free	Hy3 preview Free	rtcd	256000	64000	0/0/0/		2026-04-20
        kimi-k2	Kimi K2	tcd	262144	262144	0.4/2.5/0.4/		2025-09-05
        kimi-k2-thinking	Kimi K2 Thinking	rtcd	262144	262144	0.4/2.5/0.4/		2025-09-05
        kimi-k2.5	Kimi K2.5	irtc	262144	65536	0.6/3/0.08/	toggle	2026-01-27
        kimi-k2.5-free	Kimi K2.5 Free	irtcd	262144	262144	0/0/0/	toggle	2026-01-27
        kimi-k2.6	Kimi K2.6	irtc	262144	65536	0.95/4/0.16/	toggle	2026-04-21
        kimi-k2.7-code	Kimi K2.7 Code	irc	262144	262144	0.95/4/0.19/		2026-06-12
        ling-2.6-flash-free	Ling 2.6 Flash Free	tcd	262100	32800	0/0//		2026-04-21
        mimo-v2-flash-free	MiMo V2 Flash Free	rtcd	262144	65536	0/0/0/		2025-12-16
        mimo-v2-omni-free	MiMo V2 Omni Free	irtcd	262144	64000	0/0/0/		2026-03-18
        mimo-v2-pro-free	MiMo V2 Pro Free	rtcd	1048576	64000	0/0/0/		2026-03-18
        mimo-v2.5-free	MiMo V2.5 Free	irtc	200000	32000	0/0/0/		2026-04-24
        minimax-m2.1	MiniMax-M2.1	rtcd	204800	131072	0.3/1.2/0.1/		2025-12-23
        minimax-m2.1-free	MiniMax-M2.1 Free	rtcd	204800	131072	0/0/0/		2025-12-23	anthropic-messages
        minimax-m2.5	MiniMax-M2.5	rtc	204800	131072	0.3/1.2/0.06/		2026-02-12
        minimax-m2.5-free	MiniMax-M2.5 Free	rtcd	204800	131072	0/0/0/		2026-02-12	anthropic-messages
        minimax-m2.7	MiniMax-M2.7	rtc	204800	131072	0.3/1.2/0.06/		2026-03-18
        minimax-m3	MiniMax-M3	irtc	512000	128000	0.3/1.2/0.06/		2026-06-01
        minimax-m3-free	MiniMax-M3 Free	irtcd	200000	32000	0/0/0/	toggle	2026-05-31	anthropic-messages
        nemotron-3-super-free	Nemotron 3 Super Free	rtcd	204800	128000	0/0/0/		2026-03-11
        nemotron-3-ultra-free	Nemotron 3 Ultra Free	rtc	1000000	128000	0/0/0/		2026-06-04
        north-mini-code-free	North Mini Code Free	rtc	256000	64000	0/0//	effort=none,high	2026-06-09
        qwen3-coder	Qwen3 Coder	tcd	262144	65536	0.45/1.8//		2025-07-23
        qwen3.5-plus	Qwen3.5 Plus	irtc	262144	65536	0.2/1.2/0.02/0.25	toggle budget=,81920	2026-02-16	anthropic-messages
        qwen3.6-plus	Qwen3.6 Plus	irtc	262144	65536	0.5/3/0.05/0.625	toggle budget=,81920	2026-04-02	anthropic-messages
        qwen3.6-plus-free	Qwen3.6 Plus Free	irtcd	262144	65536	0/0/0/	toggle budget=,81920	2026-04-02	anthropic-messages
        ring-2.6-1t-free	Ring 2.6 1T Free	rtcd	262000	66000	0/0//		2026-05-08
        trinity-large-preview-free	Trinity Large Preview	tcd	131072	131072	0/0//		2026-01-28
        @opencode-go
        deepseek-v4-flash	DeepSeek V4 Flash	rtc	1000000	384000	0.14/0.28/0.0028/	effort=high,max	2026-04-24
        deepseek-v4-pro	DeepSeek V4 Pro	rtc	1000000	384000	1.74/3.48/0.0145/	effort=high,max	2026-04-24
        glm-5	GLM-5	rtcd	202752	32768	1/3.2/0.2/		2026-02-11
        glm-5.1	GLM-5.1	rtc	202752	32768	1.4/4.4/0.26/		2026-04-07
        glm-5.2	GLM-5.2	rtc	1000000	131072	1.4/4.4/0.26/	effort=high,max	2026-06-13
        kimi-k2.5	Kimi K2.5	irtcd	262144	65536	0.6/3/0.1/		2026-01-27
        kimi-k2.6	Kimi K2.6	irtc	262144	65536	0.95/4/0.16/		2026-04-21
        kimi-k2.7-code	Kimi K2.7 Code	irc	262144	262144	0.95/4/0.19/		2026-06-12
        mimo-v2-omni	MiMo V2 Omni	irtcd	262144	128000	0.4/2/0.08/		2026-03-18
        mimo-v2-pro	MiMo V2 Pro	rtcd	1048576	128000	1/3/0.2/ 256000:2/6/0.4/		2026-03-18
        mimo-v2.5	MiMo V2.5	irtc	1000000	128000	0.14/0.28/0.0028/		2026-04-22
        mimo-v2.5-pro	MiMo V2.5 Pro	rtc	1048576	128000	1.74/3.48/0.0145/		2026-04-22
        minimax-m2.5	MiniMax-M2.5	rtcd	204800	65536	0.3/1.2/0.03/		2026-02-12	anthropic-messages
        minimax-m2.7	MiniMax-M2.7	rtc	204800	131072	0.3/1.2/0.06/		2026-03-18	anthropic-messages
        minimax-m3	MiniMax-M3 (3x usage)	irtc	1000000	131072	0.3/1.2/0.06/ 512000:0.6/2.4/0.12/	toggle	2026-05-31	anthropic-messages
        qwen3.5-plus	Qwen3.5 Plus	irtcd	262144	65536	0.2/1.2/0.02/0.25	toggle budget=,81920	2026-02-16	anthropic-messages
        qwen3.6-plus	Qwen3.6 Plus	irtc	1000000	65536	0.5/3/0.05/0.625 256000:2/6/0.2/2.5	toggle budget=,81920	2026-04-02	anthropic-messages
        qwen3.7-max	Qwen3.7 Max	rtc	1000000	65536	2.5/7.5/0.5/3.125	toggle budget=,262144	2026-05-21	anthropic-messages
        qwen3.7-plus	Qwen3.7 Plus	irtc	1000000	65536	0.4/1.6/0.04/0.5 256000:1.2/4.8/0.12/1.5	toggle budget=,262144	2026-06-02	anthropic-messages
        @openrouter
        ai21/jamba-large-1.7	Jamba Large 1.7	tc	256000	4096	2/8//		2025-08-08
        aion-labs/aion-1.0	Aion-1.0	rt	131072	32768	4/8//		2025-02-04
        aion-labs/aion-1.0-mini	Aion-1.0-Mini	rt	131072	32768	0.7/1.4//		2025-02-04
        aion-labs/aion-2.0	Aion-2.0	rt	131072	32768	0.8/1.6/0.2/		2026-02-23
        aion-labs/aion-rp-llama-3.1-8b	Aion-RP 1.0 (8B)	t	32768	32768	0.8/1.6//		2025-02-04
        allenai/olmo-3-32b-think	Olmo 3 32B Think	rt	65536	65536	0.15/0.5//		2025-11-21
        amazon/nova-2-lite-v1	Nova 2 Lite	irtc	1000000	65535	0.3/2.5//		2025-12-02
        amazon/nova-lite-v1	Nova Lite 1.0	itc	300000	5120	0.06/0.24//		2024-12-05
        amazon/nova-micro-v1	Nova Micro 1.0	tc	128000	5120	0.035/0.14//		2024-12-05
        amazon/nova-premier-v1	Nova Premier 1.0	itc	1000000	32000	2.5/12.5/0.625/		2025-10-31
        amazon/nova-pro-v1	Nova Pro 1.0	itc	300000	5120	0.8/3.2//		2024-12-05
        anthracite-org/magnum-v4-72b	Magnum v4 72B	t	16384	2048	3/5//		2024-10-22
        anthropic/claude-3-haiku	Claude 3 Haiku	itc	200000	4096	0.25/1.25/0.03/0.3		2024-03-13
        anthropic/claude-haiku-4.5	Claude Haiku 4.5 (latest)	irtc	200000	64000	1/5/0.1/1.25	toggle budget=1024,63999	2025-10-15
        anthropic/claude-opus-4	Claude Opus 4	irtc	200000	32000	15/75/1.5/18.75	toggle budget=1024,31999	2025-05-22
        anthropic/claude-opus-4.1	Claude Opus 4.1 (latest)	irtc	200000	32000	15/75/1.5/18.75	toggle budget=1024,31999	2025-08-05
        anthropic/claude-opus-4.5	Claude Opus 4.5 (latest)	irtc	200000	64000	5/25/0.5/6.25	toggle effort=low,medium,high budget=1024,63999	2025-11-24
        anthropic/claude-opus-4.6	Claude Opus 4.6	irtc	1000000	128000	5/25/0.5/6.25 200000:10/37.5/1/12.5	toggle effort=low,medium,high,max budget=1024,127999	2026-02-05
        anthropic/claude-opus-4.7	Claude Opus 4.7	irc	1000000	128000	5/25/0.5/6.25 200000:10/37.5/1/12.5	toggle effort=low,medium,high,xhigh,max	2026-04-16
        anthropic/claude-opus-4.7-fast	Claude Opus 4.7 (Fast)	irc	1000000	128000	30/150/3/37.5	toggle effort=low,medium,high,xhigh,max	2026-05-12
        anthropic/claude-opus-4.8	Claude Opus 4.8	irc	1000000	128000	5/25/0.5/6.25	toggle effort=low,medium,high,xhigh,max	2026-05-28
        anthropic/claude-opus-4.8-fast	Claude Opus 4.8 (Fast)	irc	1000000	128000	10/50/1/12.5	toggle effort=low,medium,high,xhigh,max	2026-05-27
        anthropic/claude-sonnet-4	Claude Sonnet 4	irtc	1000000	64000	3/15/0.3/3.75 200000:6/22.5/0.6/7.5	toggle budget=1024,63999	2025-05-22
        anthropic/claude-sonnet-4.5	Claude Sonnet 4.5 (latest)	irtc	1000000	64000	3/15/0.3/3.75 200000:6/22.5/0.6/7.5	toggle budget=1024,63999	2025-09-29
        anthropic/claude-sonnet-4.6	Claude Sonnet 4.6	irtc	1000000	128000	3/15/0.3/3.75 200000:6/22.5/0.6/7.5	toggle effort=low,medium,high,max budget=1024,127999	2026-02-17
        anthropic/claude-sonnet-5	Claude Sonnet 5	irc	1000000	128000	2/10/0.2/2.5	effort=low,medium,high,xhigh,max	2026-06-30
        arcee-ai/coder-large	Coder Large	t	32768	32768	0.5/0.8//		2025-05-05
        arcee-ai/trinity-large-thinking	Trinity Large Thinking	rtc	262144	80000	0.25/0.8/0.06/		2026-04-01
        arcee-ai/trinity-mini	Trinity Mini	rtc	131072	131072	0.045/0.15//		2025-12-01
        arcee-ai/virtuoso-large	Virtuoso Large	tc	131072	64000	0.75/1.2//		2025-05-05
        baidu/ernie-4.5-vl-424b-a47b	ERNIE 4.5 VL 424B A47B 	irt	123000	16000	0.42/1.25//		2025-06-30
        bytedance-seed/seed-1.6	Seed 1.6	irtc	262144	32768	0.25/2//		2025-12-23
        bytedance-seed/seed-1.6-flash	Seed 1.6 Flash	irtc	262144	32768	0.075/0.3//		2025-12-23
        bytedance-seed/seed-2.0-lite	Seed-2.0-Lite	irtc	262144	131072	0.25/2//	effort=minimal,low,medium,high	2026-03-10
        bytedance-seed/seed-2.0-mini	Seed-2.0-Mini	irtc	262144	131072	0.1/0.4//	effort=minimal,low,medium,high	2026-02-26
        bytedance/ui-tars-1.5-7b	UI-TARS 7B 	it	128000	2048	0.1/0.2/0.1/		2025-07-22
        cognitivecomputations/dolphin-mistral-24b-venice-edition:free	Uncensored (free)	t	32768	32768	0/0//		2025-07-09
        cohere/command-a	Command A	t	256000	8192	2.5/10//		2025-03-13
        cohere/command-r-08-2024	Command R	tc	128000	4000	0.15/0.6//		2024-08-30
        cohere/command-r-plus-08-2024	Command R+	tc	128000	4000	2.5/10//		2024-08-30
        cohere/command-r7b-12-2024	Command R7B	t	128000	4000	0.0375/0.15//		2024-12-02
        cohere/north-mini-code:free	North Mini Code (free)	rtc	256000	64000	0/0//		2026-06-17
        deepcogito/cogito-v2.1-671b	Cogito v2.1 671B	rt	128000	128000	1.25/1.25//		2025-11-13
        deepseek/deepseek-chat	DeepSeek Chat	tc	128000	16000	0.2002/0.8001//		2025-12-01
        deepseek/deepseek-chat-v3-0324	DeepSeek V3 0324	tc	163840	16384	0.2/0.77/0.135/		2025-03-24
        deepseek/deepseek-chat-v3.1	DeepSeek V3.1	rtc	163840	32768	0.21/0.79/0.13/	toggle	2025-08-21
        deepseek/deepseek-r1	DeepSeek-R1	rtc	64000	16000	0.7/2.5//		2025-01-20
        deepseek/deepseek-r1-0528	R1 0528	rtc	163840	32768	0.5/2.15/0.35/		2025-05-28
        deepseek/deepseek-r1-distill-llama-70b	R1 Distill Llama 70B	rt	8192	8192	0.8/0.8//		2025-01-23
        deepseek/deepseek-v3.1-terminus	DeepSeek V3.1 Terminus	rtc	163840	32768	0.27/0.95/0.13/	toggle	2025-09-22
        deepseek/deepseek-v3.2	DeepSeek V3.2	rtc	128000	64000	0.2288/0.3432/0.02288/	toggle	2025-12-01
        deepseek/deepseek-v3.2-exp	DeepSeek V3.2 Exp	rtc	163840	65536	0.27/0.41//	toggle	2025-09-29
        deepseek/deepseek-v4-flash	DeepSeek V4 Flash	rtc	1048575	65536	0.098/0.196/0.02/	toggle effort=high,xhigh	2026-04-24
        deepseek/deepseek-v4-pro	DeepSeek V4 Pro	rtc	1048576	384000	0.435/0.87/0.003625/	toggle effort=high,xhigh	2026-04-24
        google/gemini-2.5-flash	Gemini 2.5 Flash	irtc	1048576	65535	0.3/2.5/0.03/0.083333	toggle budget=0,24576	2025-06-17
        google/gemini-2.5-flash-image	Nano Banana	it	32768	32768	0.3/2.5/0.03/0.083333		2025-08-26
        google/gemini-2.5-flash-lite	Gemini 2.5 Flash-Lite	irtc	1048576	65535	0.1/0.4/0.01/0.083333	toggle budget=512,24576	2025-06-17
        google/gemini-2.5-flash-lite-preview-09-2025	Gemini 2.5 Flash Lite Preview 09-2025	irtc	1048576	65535	0.1/0.4/0.01/0.083333	toggle budget=512,24576	2025-09-25
        google/gemini-2.5-pro	Gemini 2.5 Pro	irtc	1048576	65536	1.25/10/0.125/0.375	budget=128,32768	2025-06-17
        google/gemini-2.5-pro-preview	Gemini 2.5 Pro Preview 06-05	irtc	1048576	65536	1.25/10/0.125/0.375	budget=128,32768	2025-06-05
        google/gemini-2.5-pro-preview-05-06	Gemini 2.5 Pro Preview 05-06	irtc	1048576	65535	1.25/10/0.125/0.375	budget=128,32768	2025-05-07
        google/gemini-3-flash-preview	Gemini 3 Flash Preview	irtc	1048576	65535	0.5/3/0.05/0.083333	effort=minimal,low,medium,high	2025-12-17
        google/gemini-3-pro-image	Nano Banana Pro (Gemini 3 Pro Image)	irtc	65536	32768	2/12/0.2/0.375		2026-06-18
        google/gemini-3-pro-image-preview	Nano Banana Pro	irt	65536	32768	2/12/0.2/0.375		2025-11-20
        google/gemini-3.1-flash-image	Nano Banana 2 (Gemini 3.1 Flash Image)	irt	131072	32768	0.5/3//	effort=high,minimal	2026-06-18
        google/gemini-3.1-flash-image-preview	Nano Banana 2	irt	131072	32768	0.5/3//	effort=minimal,high	2026-02-26
        google/gemini-3.1-flash-lite	Gemini 3.1 Flash Lite	irtc	1048576	65536	0.25/1.5/0.025/0.083333	effort=minimal,low,medium,high	2026-05-07
        google/gemini-3.1-flash-lite-image	Nano Banana 2 Lite (Gemini 3.1 Flash Lite Image)	irt	65536	66000	0.25/1.5//	effort=minimal,high	2026-06-30
        google/gemini-3.1-flash-lite-preview	Gemini 3.1 Flash Lite Preview	irtc	1048576	65536	0.25/1.5/0.025/0.083333	effort=minimal,low,medium,high	2026-03-03
        google/gemini-3.1-pro-preview	Gemini 3.1 Pro Preview	irtc	1048576	65536	2/12/0.2/0.375 200000:4/18/0.4/	effort=low,medium,high	2026-02-19
        google/gemini-3.1-pro-preview-customtools	Gemini 3.1 Pro Preview Custom Tools	irtc	1048576	65536	2/12/0.2/0.375 200000:4/18/0.4/	effort=low,medium,high	2026-02-19
        google/gemini-3.5-flash	Gemini 3.5 Flash	irtc	1048576	65536	1.5/9/0.15/0.083333	effort=minimal,low,medium,high	2026-05-19
        google/gemma-2-27b-it	Gemma 2 27B	t	8192	2048	0.65/0.65//		2024-07-13
        google/gemma-3-12b-it	Gemma 3 12B	itc	131072	16384	0.05/0.15//		2025-03-13
        google/gemma-3-27b-it	Gemma 3 27B	itc	131072	16384	0.08/0.16//		2025-03-12
        google/gemma-3-4b-it	Gemma 3 4B	it	131072	16384	0.05/0.1//		2025-03-13
        google/gemma-3n-e4b-it	Gemma 3n 4B	t	32768	32768	0.06/0.12//		2025-05-20
        google/gemma-4-26b-a4b-it	Gemma 4 26B A4B IT	irtc	262144	262144	0.06/0.33//	toggle	2026-04-02
        google/gemma-4-26b-a4b-it:free	Gemma 4 26B A4B  (free)	irtc	131072	32768	0/0//	toggle	2026-04-02
        google/gemma-4-31b-it	Gemma 4 31B IT	irtc	262144	262144	0.12/0.35/0.09/	toggle	2026-04-02
        google/gemma-4-31b-it:free	Gemma 4 31B (free)	irtc	262144	8192	0/0//	toggle	2026-04-02
        google/lyria-3-clip-preview	Lyria 3 Clip Preview	it	1048576	65536	0/0//		2026-03-30
        google/lyria-3-pro-preview	Lyria 3 Pro Preview	it	1048576	65536	0/0//		2026-03-30
        gryphe/mythomax-l2-13b	MythoMax 13B	t	4096	4096	0.06/0.06//		2023-07-02
        ibm-granite/granite-4.0-h-micro	Granite 4.0 Micro	t	131000	131000	0.017/0.112//		2025-10-20
        ibm-granite/granite-4.1-8b	Granite 4.1 8B	tc	131072	131072	0.05/0.1/0.05/		2026-04-30
        inception/mercury-2	Mercury 2	rtc	128000	50000	0.25/0.75/0.025/	effort=none,low,medium,high	2026-03-04
        inclusionai/ling-2.6-1t	Ling-2.6-1T	tc	262144	32768	0.075/0.625/0.015/		2026-04-23
        inclusionai/ling-2.6-flash	Ling-2.6-flash	tc	262144	32768	0.01/0.03/0.002/		2026-04-21
        inclusionai/ring-2.6-1t	Ring-2.6-1T	rtc	262144	65536	0.075/0.625/0.015/	effort=high,xhigh	2026-05-08
        inflection/inflection-3-pi	Inflection 3 Pi	t	8000	1024	2.5/10//		2024-10-11
        inflection/inflection-3-productivity	Inflection 3 Productivity	t	8000	1024	2.5/10//		2024-10-11
        kwaipilot/kat-coder-pro-v2	KAT-Coder-Pro V2	tc	256000	80000	0.3/1.2/0.06/		2026-03-27
        liquid/lfm-2-24b-a2b	LFM2-24B-A2B	t	32768	32768	0.03/0.12//		2026-02-25
        liquid/lfm-2.5-1.2b-instruct:free	LFM2.5-1.2B-Instruct (free)	t	32768	32768	0/0//		2026-01-20
        liquid/lfm-2.5-1.2b-thinking:free	LFM2.5-1.2B-Thinking (free)	rtc	32768	32768	0/0//		2026-01-20
        mancer/weaver	Weaver (alpha)	t	8000	2000	0.75/1//		2023-08-02
        meta-llama/llama-3-8b-instruct	Llama 3 8B Instruct	t	8192	8192	0.14/0.14//		2024-04-18
        meta-llama/llama-3.1-70b-instruct	Llama 3.1 70B Instruct	tc	131072	16384	0.4/0.4//		2024-07-23
        meta-llama/llama-3.1-8b-instruct	Llama 3.1 8B Instruct	tc	131072	16384	0.02/0.03//		2024-07-23
        meta-llama/llama-3.2-11b-vision-instruct	Llama 3.2 11B Vision Instruct	it	131072	16384	0.345/0.345//		2024-09-25
        meta-llama/llama-3.2-1b-instruct	Llama 3.2 1B Instruct	t	60000	60000	0.027/0.201//		2024-09-25
        meta-llama/llama-3.2-3b-instruct	Llama 3.2 3B Instruct	t	80000	80000	0.0509/0.335//		2024-09-25
        meta-llama/llama-3.2-3b-instruct:free	Llama 3.2 3B Instruct (free)	t	131072	131072	0/0//		2024-09-25
        meta-llama/llama-3.3-70b-instruct	Llama-3.3-70B-Instruct	tc	131072	16384	0.1/0.32//		2024-12-06
        meta-llama/llama-3.3-70b-instruct:free	Llama 3.3 70B Instruct (free)	tc	65536	131072	0/0//		2024-12-06
        meta-llama/llama-4-maverick	Llama 4 Maverick	itc	1048576	16384	0.15/0.6//		2025-04-05
        meta-llama/llama-4-scout	Llama 4 Scout	itc	327680	16384	0.1/0.3//		2025-04-05
        meta-llama/llama-guard-4-12b	Llama Guard 4 12B	it	163840	16384	0.18/0.18//		2025-04-30
        microsoft/phi-4	Phi 4	t	16384	16384	0.07/0.14//		2025-01-10
        microsoft/wizardlm-2-8x22b	WizardLM-2 8x22B	t	65535	8000	0.62/0.62//		2024-04-16
        minimax/minimax-01	MiniMax-01	it	1000192	1000192	0.2/1.1//		2025-01-15
        minimax/minimax-m1	MiniMax M1	rtc	1000000	40000	0.4/2.2//		2025-06-17
        minimax/minimax-m2	MiniMax-M2	rtc	196608	196608	0.255/1/0.03/		2025-10-27
        minimax/minimax-m2-her	MiniMax M2-her	t	65536	2048	0.3/1.2/0.03/		2026-01-23
        minimax/minimax-m2.1	MiniMax-M2.1	rtc	196608	196608	0.29/0.95/0.03/		2025-12-23
        minimax/minimax-m2.5	MiniMax-M2.5	rtc	196608	196608	0.12/0.48//		2026-02-12
        minimax/minimax-m2.7	MiniMax-M2.7	rtc	196608	196608	0.18/0.72//		2026-03-18
        minimax/minimax-m3	MiniMax-M3	irtc	524288	512000	0.3/1.2/0.06/		2026-06-01
        mistralai/codestral-2508	Codestral 2508	tc	256000	256000	0.3/0.9/0.03/		2025-08-01
        mistralai/devstral-2512	Devstral 2	tcd	262144	262144	0.4/2/0.04/		2025-12-09
        mistralai/ministral-14b-2512	Ministral 3 14B 2512	itc	262144	262144	0.2/0.2/0.02/		2025-12-02
        mistralai/ministral-3b-2512	Ministral 3 3B 2512	itc	131072	131072	0.1/0.1/0.01/		2025-12-02
        mistralai/ministral-8b-2512	Ministral 3 8B 2512	itc	262144	262144	0.15/0.15/0.015/		2025-12-02
        mistralai/mistral-large	Mistral Large	tc	128000	128000	2/6/0.2/		2024-02-26
        mistralai/mistral-large-2407	Mistral Large 2407	tc	131072	131072	2/6/0.2/		2024-11-19
        mistralai/mistral-large-2512	Mistral Large 3	itc	262144	262144	0.5/1.5/0.05/		2024-11-01
        mistralai/mistral-medium-3	Mistral Medium 3	itc	131072	131072	0.4/2/0.04/		2025-05-07
        mistralai/mistral-medium-3-5	Mistral Medium 3.5	irtc	262144	262144	1.5/7.5//	effort=none,high	2026-04-30
        mistralai/mistral-medium-3.1	Mistral Medium 3.1	itc	131072	262144	0.4/2/0.04/		2025-08-13
        mistralai/mistral-nemo	Mistral Nemo	tc	131072	131072	0.02/0.03//		2024-07-01
        mistralai/mistral-saba	Saba	tc	32768	32768	0.2/0.6/0.02/		2025-02-17
        mistralai/mistral-small-24b-instruct-2501	Mistral Small 3	t	32768	16384	0.05/0.08//		2025-01-30
        mistralai/mistral-small-2603	Mistral Small 4	irtc	262144	262144	0.15/0.6/0.015/	effort=none,high	2026-03-16
        mistralai/mistral-small-3.1-24b-instruct	Mistral Small 3.1 24B	it	128000	128000	0.351/0.555//		2025-03-17
        mistralai/mistral-small-3.2-24b-instruct	Mistral Small 3.2 24B	itc	128000	16384	0.075/0.2//		2025-06-20
        mistralai/mixtral-8x22b-instruct	Mixtral 8x22B Instruct	tc	65536	65536	2/6/0.2/		2024-04-17
        mistralai/voxtral-small-24b-2507	Voxtral Small 24B 2507	tc	32000	32000	0.1/0.3/0.01/		2025-10-30
        moonshotai/kimi-k2	Kimi K2 0711	tc	131072	100352	0.57/2.3//		2025-07-11
        moonshotai/kimi-k2-0905	Kimi K2 0905	tc	262144	100352	0.6/2.5//		2025-09-04
        moonshotai/kimi-k2-thinking	Kimi K2 Thinking	rtc	262144	262144	0.6/2.5/0.6/		2025-11-06
        moonshotai/kimi-k2.5	Kimi K2.5	irtc	256000	256000	0.375/2.025//		2026-01
        moonshotai/kimi-k2.6	Kimi K2.6	irtc	262144	262144	0.55/3.2/0.11/		2026-04-21
        moonshotai/kimi-k2.7-code	Kimi K2.7 Code	irtc	262144	16384	0.74/3.5/0.15/		2026-06-12
        morph/morph-v3-fast	Morph V3 Fast	t	81920	38000	0.8/1.2//		2025-07-07
        morph/morph-v3-large	Morph V3 Large	t	262144	131072	0.9/1.9//		2025-07-07
        nex-agi/nex-n2-pro	Nex-N2-Pro	irt	262144	262144	0.25/1/0.025/		2026-06-08
        nousresearch/hermes-3-llama-3.1-405b	Hermes 3 405B Instruct	t	131072	16384	1/1//		2024-08-16
        nousresearch/hermes-3-llama-3.1-405b:free	Hermes 3 405B Instruct (free)	t	131072	131072	0/0//		2024-08-16
        nousresearch/hermes-3-llama-3.1-70b	Hermes 3 70B Instruct	t	131072	16384	0.7/0.7//		2024-08-18
        nousresearch/hermes-4-405b	Hermes 4 405B	rt	131072	131072	1/3//	toggle	2025-08-26
        nousresearch/hermes-4-70b	Hermes 4 70B	rt	131072	131072	0.13/0.4//	toggle	2025-08-26
        nvidia/llama-3.3-nemotron-super-49b-v1.5	Llama 3.3 Nemotron Super 49B v1.5	rtc	131072	16384	0.4/0.4//		2025-07-25
        nvidia/nemotron-3-nano-30b-a3b	Nemotron 3 Nano 30B A3B	rtc	262144	228000	0.05/0.2//		2025-12-15
        nvidia/nemotron-3-nano-30b-a3b:free	Nemotron 3 Nano 30B A3B (free)	rtc	256000	256000	0/0//		2025-12-15
        nvidia/nemotron-3-nano-omni-30b-a3b-reasoning:free	Nemotron 3 Nano Omni (free)	irtc	256000	65536	0/0//	budget=,	2026-04-28
        nvidia/nemotron-3-super-120b-a12b	Nemotron 3 Super 120B A12B	rtc	262144	16384	0.085/0.4//	effort=low,medium budget=,	2026-03-11
        nvidia/nemotron-3-super-120b-a12b:free	Nemotron 3 Super (free)	rtc	262144	262144	0/0//	effort=low,medium budget=,	2026-03-11
        nvidia/nemotron-3-ultra-550b-a55b	Nemotron 3 Ultra 550B A55B	rtc	262144	16384	0.5/2.2/0.1/	effort=medium,high budget=,	2026-06-04
        nvidia/nemotron-3-ultra-550b-a55b:free	Nemotron 3 Ultra (free)	rtc	1000000	65536	0/0//	effort=medium,high budget=,	2026-06-04
        nvidia/nemotron-3.5-content-safety:free	Nemotron 3.5 Content Safety (free)	irt	128000	8192	0/0//		2026-06-04
        nvidia/nemotron-nano-12b-v2-vl:free	Nemotron Nano 12B 2 VL (free)	irtc	128000	128000	0/0//		2025-10-28
        nvidia/nemotron-nano-9b-v2:free	Nemotron Nano 9B V2 (free)	rtc	128000	128000	0/0//		2025-08-18
        openai/gpt-3.5-turbo	GPT-3.5-turbo	tc	16385	4096	0.5/1.5//		2023-03-01
        openai/gpt-3.5-turbo-0613	GPT-3.5 Turbo (older v0613)	tc	4095	4096	1/2//		2024-01-25
        openai/gpt-3.5-turbo-16k	GPT-3.5 Turbo 16k	tc	16385	4096	3/4//		2023-08-28
        openai/gpt-3.5-turbo-instruct	GPT-3.5 Turbo Instruct	t	4095	4096	1.5/2//		2023-09-28
        openai/gpt-4	GPT-4	tc	8191	4096	30/60//		2023-11-06
        openai/gpt-4-turbo	GPT-4 Turbo	itc	128000	4096	10/30//		2023-11-06
        openai/gpt-4-turbo-preview	GPT-4 Turbo Preview	tc	128000	4096	10/30//		2024-01-25
        openai/gpt-4.1	GPT-4.1	itc	1047576	32768	2/8/0.5/		2025-04-14
        openai/gpt-4.1-mini	GPT-4.1 mini	itc	1047576	32768	0.4/1.6/0.1/		2025-04-14
        openai/gpt-4.1-nano	GPT-4.1 nano	itc	1047576	32768	0.1/0.4/0.025/		2025-04-14
        openai/gpt-4o	GPT-4o	itc	128000	16384	2.5/10//		2024-05-13
        openai/gpt-4o-2024-05-13	GPT-4o (2024-05-13)	itc	128000	4096	5/15//		2024-05-13
        openai/gpt-4o-2024-08-06	GPT-4o (2024-08-06)	itc	128000	16384	2.5/10/1.25/		2024-08-06
        openai/gpt-4o-2024-11-20	GPT-4o (2024-11-20)	itc	128000	16384	2.5/10/1.25/		2024-11-20
        openai/gpt-4o-mini	GPT-4o mini	itc	128000	16384	0.15/0.6/0.075/		2024-07-18
        openai/gpt-4o-mini-2024-07-18	GPT-4o-mini (2024-07-18)	itc	128000	16384	0.15/0.6/0.075/		2024-07-18
        openai/gpt-4o-mini-search-preview	GPT-4o-mini Search Preview		128000	16384	0.15/0.6//		2025-03-12
        openai/gpt-4o-search-preview	GPT-4o Search Preview		128000	16384	2.5/10//		2025-03-12
        openai/gpt-5	GPT-5	irc	400000	128000	1.25/10/0.125/	effort=minimal,low,medium,high	2025-08-07
        openai/gpt-5-chat	GPT-5 Chat	i	128000	16384	1.25/10/0.125/		2025-08-07
        openai/gpt-5-codex	GPT-5-Codex	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high	2025-09-15
        openai/gpt-5-image	GPT-5 Image	irt	400000	128000	10/10/1.25/		2025-10-14
        openai/gpt-5-image-mini	GPT-5 Image Mini	irt	400000	128000	2.5/2/0.25/		2025-10-16
        openai/gpt-5-mini	GPT-5 Mini	irc	400000	128000	0.25/2/0.025/	effort=minimal,low,medium,high	2025-08-07
        openai/gpt-5-nano	GPT-5 Nano	irc	400000	128000	0.05/0.4/0.01/	effort=minimal,low,medium,high	2025-08-07
        openai/gpt-5-pro	GPT-5 Pro	irc	400000	128000	15/120//	effort=high	2025-10-06
        openai/gpt-5.1	GPT-5.1	irc	400000	128000	1.25/10/0.13/	effort=none,low,medium,high	2025-11-13
        openai/gpt-5.1-chat	GPT-5.1 Chat	ic	128000	32000	1.25/10/0.13/		2025-11-13
        openai/gpt-5.1-codex	GPT-5.1 Codex	irc	400000	128000	1.25/10/0.13/	effort=low,medium,high	2025-11-13
        openai/gpt-5.1-codex-max	GPT-5.1 Codex Max	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high,xhigh	2025-11-13
        openai/gpt-5.1-codex-mini	GPT-5.1 Codex mini	irc	400000	100000	0.25/2/0.025/	effort=low,medium,high	2025-11-13
        openai/gpt-5.2	GPT-5.2	irc	400000	128000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2025-12-11
        openai/gpt-5.2-chat	GPT-5.2 Chat	ic	128000	16384	1.75/14/0.175/		2025-12-10
        openai/gpt-5.2-codex	GPT-5.2 Codex	irc	400000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2025-12-11
        openai/gpt-5.2-pro	GPT-5.2 Pro	irc	400000	128000	21/168//	effort=medium,high,xhigh	2025-12-11
        openai/gpt-5.3-chat	GPT-5.3 Chat	ic	128000	16384	1.75/14/0.175/		2026-03-03
        openai/gpt-5.3-codex	GPT-5.3 Codex	irc	400000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2026-02-05
        openai/gpt-5.4	GPT-5.4	irc	1050000	128000	2.5/15/0.25/	effort=none,low,medium,high,xhigh	2026-03-05
        openai/gpt-5.4-image-2	GPT-5.4 Image 2	ir	272000	128000	8/15/2/	effort=none,low,medium,high,xhigh	2026-04-21
        openai/gpt-5.4-mini	GPT-5.4 mini	irc	400000	128000	0.75/4.5/0.075/	effort=none,low,medium,high,xhigh	2026-03-17
        openai/gpt-5.4-nano	GPT-5.4 nano	irc	400000	128000	0.2/1.25/0.02/	effort=none,low,medium,high,xhigh	2026-03-17
        openai/gpt-5.4-pro	GPT-5.4 Pro	irc	1050000	128000	30/180//	effort=medium,high,xhigh	2026-03-05
        openai/gpt-5.5	GPT-5.5	irc	1050000	128000	5/30/0.5/	effort=none,low,medium,high,xhigh	2026-04-23
        openai/gpt-5.5-pro	GPT-5.5 Pro	irc	1050000	128000	30/180//	effort=medium,high,xhigh	2026-04-23
        openai/gpt-audio	GPT Audio	tc	128000	16384	2.5/10//		2026-01-19
        openai/gpt-audio-mini	GPT Audio Mini	tc	128000	16384	0.6/2.4//		2026-01-19
        openai/gpt-chat-latest	GPT Chat Latest	ic	400000	128000	5/30/0.5/		2026-05-05
        openai/gpt-oss-120b	GPT OSS 120B	rtc	131072	131072	0.03/0.15//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-120b:free	gpt-oss-120b (free)	rtc	131072	131072	0/0//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b	gpt-oss-20b	rtc	131072	131072	0.029/0.14//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b:free	gpt-oss-20b (free)	rtc	131072	32768	0/0//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-safeguard-20b	gpt-oss-safeguard-20b	rtc	131072	65536	0.075/0.3/0.0375/	effort=low,medium,high	2025-10-29
        openai/o1	o1	irc	200000	100000	15/60/7.5/	effort=low,medium,high	2024-12-05
        openai/o1-pro	o1-pro	ir	200000	100000	150/600//		2025-03-19
        openai/o3	o3	irc	200000	100000	2/8/0.5/	effort=low,medium,high	2025-04-16
        openai/o3-deep-research	o3-deep-research	irtc	200000	100000	10/40/2.5/		2024-06-26
        openai/o3-mini	o3-mini	rc	200000	100000	1.1/4.4/0.55/	effort=low,medium,high	2024-12-20
        openai/o3-mini-high	o3 Mini High	rc	200000	100000	1.1/4.4/0.55/	effort=high	2025-02-12
        openai/o3-pro	o3-pro	irc	200000	100000	20/80//	effort=low,medium,high	2025-06-10
        openai/o4-mini	o4-mini	irc	200000	100000	1.1/4.4/0.275/	effort=low,medium,high	2025-04-16
        openai/o4-mini-deep-research	o4-mini-deep-research	irtc	200000	100000	2/8/0.5/		2024-06-26
        openai/o4-mini-high	o4 Mini High	irc	200000	100000	1.1/4.4/0.275/	effort=high	2025-04-16
        openrouter/auto	Auto Router	irtc	2000000	2000000			2023-11-08
        openrouter/bodybuilder	Body Builder (beta)		128000	128000			2025-12-05
        openrouter/free	Free Models Router	irtc	200000	8000	0/0//		2026-02-01
        openrouter/fusion	Fusion		1000000	128000			2026-06-13
        openrouter/pareto-code	Pareto Code Router		2000000	200000			2026-04-21
        perceptron/perceptron-mk1	Perceptron Mk1	irt	32768	8192	0.15/1.5//		2026-05-12
        perplexity/sonar	Sonar	it	127072	127072	1/1//		2025-01-27
        perplexity/sonar-deep-research	Sonar Deep Research	rt	128000	128000	2/8//		2025-03-07
        perplexity/sonar-pro	Sonar Pro	it	200000	8000	3/15//		2025-03-07
        perplexity/sonar-pro-search	Sonar Pro Search	irt	200000	8000	3/15//		2025-10-30
        perplexity/sonar-reasoning-pro	Sonar Reasoning Pro	irt	128000	128000	2/8//		2025-03-07
        poolside/laguna-m.1	Laguna M.1	rtc	262144	32768	0.2/0.4/0.1/		2026-04-28
        poolside/laguna-m.1:free	Laguna M.1 (free)	rtc	262144	32768	0/0//		2026-04-28
        poolside/laguna-xs.2	Laguna XS.2	rtc	262144	32768	0.1/0.2/0.05/		2026-04-28
        poolside/laguna-xs.2:free	Laguna XS.2 (free)	rtc	262144	32768	0/0//		2026-04-28
        qwen/qwen-2.5-72b-instruct	Qwen2.5 72B Instruct	tc	32768	16384	0.36/0.4//		2024-09-19
        qwen/qwen-2.5-7b-instruct	Qwen2.5 7B Instruct	tc	32768	32768	0.04/0.1//		2024-10-16
        qwen/qwen-2.5-coder-32b-instruct	Qwen2.5 Coder 32B Instruct	t	32768	32768	0.66/1//		2024-11-11
        qwen/qwen-plus	Qwen Plus	tc	1000000	32768	0.26/0.78/0.052/0.325		2024-01-25
        qwen/qwen-plus-2025-07-28	Qwen Plus 0728	tc	1000000	32768	0.26/0.78//		2025-09-08
        qwen/qwen-plus-2025-07-28:thinking	Qwen Plus 0728 (thinking)	rtc	1000000	32768	0.26/0.78//0.325	budget=1,81920	2025-09-08
        qwen/qwen2.5-vl-72b-instruct	Qwen2.5 VL 72B Instruct	it	128000	128000	0.8/1/0.4/		2025-02-01
        qwen/qwen3-14b	Qwen3 14B	rtc	40960	40960	0.1/0.24//	toggle	2025-04-28
        qwen/qwen3-235b-a22b	Qwen3 235B-A22B	rtc	131072	8192	0.455/1.82//	toggle budget=1,38912	2025-04
        qwen/qwen3-235b-a22b-2507	Qwen3 235B A22B Instruct 2507	tc	262144	16384	0.09/0.1//		2025-07-21
        qwen/qwen3-235b-a22b-thinking-2507	Qwen3 235B A22B Thinking 2507	rtc	131072	262144	0.1495/1.495//		2025-07-25
        qwen/qwen3-30b-a3b	Qwen3 30B A3B	rtc	40960	16384	0.12/0.5//	toggle	2025-04-28
        qwen/qwen3-30b-a3b-instruct-2507	Qwen3 30B A3B Instruct 2507	tc	128000	32000	0.04815/0.19305//		2025-07-29
        qwen/qwen3-30b-a3b-thinking-2507	Qwen3 30B A3B Thinking 2507	rtc	131072	131072	0.08/0.4/0.08/		2025-08-28
        qwen/qwen3-32b	Qwen3 32B	rtc	40960	16384	0.08/0.28//	toggle	2025-04
        qwen/qwen3-8b	Qwen3 8B	rtc	40960	8192	0.05/0.4/0.05/	toggle	2025-04-28
        qwen/qwen3-coder	Qwen3 Coder 480B A35B	tc	262144	65536	0.22/1.8//		2025-07-23
        qwen/qwen3-coder-30b-a3b-instruct	Qwen3-Coder 30B-A3B Instruct	tc	160000	32768	0.07/0.27//		2025-04
        qwen/qwen3-coder-flash	Qwen3 Coder Flash	tc	1000000	65536	0.195/0.975/0.039/0.24375		2025-07-28
        qwen/qwen3-coder-next	Qwen3 Coder Next	tc	262144	262144	0.11/0.8/0.07/		2026-02-04
        qwen/qwen3-coder-plus	Qwen3 Coder Plus	tc	1000000	65536	0.65/3.25/0.13/0.8125		2025-07-23
        qwen/qwen3-coder:free	Qwen3 Coder 480B A35B (free)	tc	262000	262000	0/0//		2025-07-23
        qwen/qwen3-max	Qwen3 Max	tc	262144	32768	0.78/3.9/0.156/0.975		2025-09-23
        qwen/qwen3-max-thinking	Qwen3 Max Thinking	rtc	262144	32768	0.78/3.9//	budget=1,81920	2026-02-09
        qwen/qwen3-next-80b-a3b-instruct	Qwen3-Next 80B-A3B Instruct	tc	262144	16384	0.09/1.1//		2025-09
        qwen/qwen3-next-80b-a3b-instruct:free	Qwen3 Next 80B A3B Instruct (free)	tc	262144	262144	0/0//		2025-09
        qwen/qwen3-next-80b-a3b-thinking	Qwen3-Next 80B-A3B (Thinking)	rtc	131072	32768	0.0975/0.78//		2025-09
        qwen/qwen3-vl-235b-a22b-instruct	Qwen3 VL 235B A22B Instruct	itc	262144	16384	0.2/0.88/0.11/		2025-09-23
        qwen/qwen3-vl-235b-a22b-thinking	Qwen3 VL 235B A22B Thinking	irtc	131072	32768	0.26/2.6//		2025-09-23
        qwen/qwen3-vl-30b-a3b-instruct	Qwen3 VL 30B A3B Instruct	itc	131072	32768	0.13/0.52//		2025-10-06
        qwen/qwen3-vl-30b-a3b-thinking	Qwen3 VL 30B A3B Thinking	irtc	131072	32768	0.13/1.56//		2025-10-06
        qwen/qwen3-vl-32b-instruct	Qwen3 VL 32B Instruct	itc	131072	32768	0.104/0.416//		2025-10-23
        qwen/qwen3-vl-8b-instruct	Qwen3 VL 8B Instruct	itc	131072	32768	0.08/0.5//		2025-10-14
        qwen/qwen3-vl-8b-thinking	Qwen3 VL 8B Thinking	irtc	131072	32768	0.117/1.365//		2025-10-14
        qwen/qwen3.5-122b-a10b	Qwen3.5 122B-A10B	irtc	262144	262144	0.26/2.08//	toggle	2026-02-23
        qwen/qwen3.5-27b	Qwen3.5 27B	irtc	262144	65536	0.195/1.56//	toggle	2026-02-23
        qwen/qwen3.5-35b-a3b	Qwen3.5 35B-A3B	irtc	262144	81920	0.14/1/0.05/	toggle	2026-02-23
        qwen/qwen3.5-397b-a17b	Qwen3.5 397B-A17B	irtc	131072	64000	0.385/2.45//	toggle	2026-02-15
        qwen/qwen3.5-9b	Qwen3.5 9B	irtc	262144	262144	0.1/0.15//	toggle	2026-02-23
        qwen/qwen3.5-flash-02-23	Qwen3.5-Flash	irtc	1000000	65536	0.065/0.26//	toggle budget=1,81920	2026-02-25
        qwen/qwen3.5-plus-02-15	Qwen3.5 Plus 2026-02-15	irtc	1000000	65536	0.26/1.56//	toggle budget=1,81920	2026-02-16
        qwen/qwen3.5-plus-20260420	Qwen3.5 Plus 2026-04-20	irtc	1000000	65536	0.3/1.8//0.375	toggle budget=1,81920	2026-04-27
        qwen/qwen3.6-27b	Qwen3.6 27B	irtc	262140	262140	0.285/2.4//	toggle	2026-04-22
        qwen/qwen3.6-35b-a3b	Qwen3.6 35B-A3B	irtc	262144	262144	0.14/1//	toggle	2026-04-17
        qwen/qwen3.6-flash	Qwen3.6 Flash	irtc	1000000	65536	0.1875/1.125//0.234375	toggle budget=1,81920	2026-04-27
        qwen/qwen3.6-max-preview	Qwen3.6 Max Preview	rtc	262144	65536	1.04/6.24//1.3	toggle budget=1,131072	2026-04-20
        qwen/qwen3.6-plus	Qwen3.6 Plus	irtc	1000000	65536	0.325/1.95//0.40625	toggle budget=1,81920	2026-04-02
        qwen/qwen3.7-max	Qwen3.7 Max	rtc	1000000	65536	1.25/3.75/0.25/1.5625	toggle budget=1,262144	2026-05-21
        qwen/qwen3.7-plus	Qwen3.7 Plus	irtc	1000000	65536	0.32/1.28/0.064/0.4	toggle budget=1,262144	2026-06-02
        rekaai/reka-edge	Reka Edge	itc	16384	16384	0.1/0.1//		2026-03-20
        rekaai/reka-flash-3	Reka Flash 3	rt	65536	65536	0.1/0.2//		2025-03-12
        relace/relace-apply-3	Relace Apply 3		256000	128000	0.85/1.25//		2025-09-26
        relace/relace-search	Relace Search	tc	256000	128000	1/3//		2025-12-08
        sakana/fugu-ultra	Fugu Ultra	irc	1000000	128000	5/30/0.5/	effort=max,xhigh,high	2026-06-24
        sao10k/l3-lunaris-8b	Llama 3 8B Lunaris	t	8192	16384	0.04/0.05//		2024-08-13
        sao10k/l3.1-70b-hanami-x1	Llama 3.1 70B Hanami x1	t	16000	16000	3/3//		2025-01-08
        sao10k/l3.1-euryale-70b	Llama 3.1 Euryale 70B v2.2	tc	131072	16384	0.85/0.85//		2024-08-28
        sao10k/l3.3-euryale-70b	Llama 3.3 Euryale 70B	t	131072	16384	0.65/0.75//		2024-12-18
        stepfun/step-3.5-flash	Step 3.5 Flash	rtc	262144	65536	0.1/0.3//		2026-01-29
        stepfun/step-3.7-flash	Step 3.7 Flash	irtc	256000	256000	0.2/1.15/0.04/	effort=low,medium,high	2026-05-29
        switchpoint/router	Switchpoint Router	rt	131072	131072	0.85/3.4//		2025-07-11
        tencent/hunyuan-a13b-instruct	Hunyuan A13B Instruct	rt	131072	131072	0.14/0.57//		2025-07-08
        tencent/hy3-preview	Hy3 preview	rtc	262144	262144	0.063/0.21/0.021/	effort=none,low,high	2026-04-20
        thedrummer/cydonia-24b-v4.1	Cydonia 24B V4.1	t	131072	131072	0.3/0.5/0.15/		2025-09-27
        thedrummer/rocinante-12b	Rocinante 12B	t	32768	32768	0.25/0.5//		2024-09-30
        thedrummer/skyfall-36b-v2	Skyfall 36B V2	t	32768	32768	0.55/0.8/0.25/		2025-03-10
        thedrummer/unslopnemo-12b	UnslopNemo 12B	tc	32768	32768	0.4/0.4//		2024-11-08
        undi95/remm-slerp-l2-13b	ReMM SLERP 13B	t	6144	4096	0.45/0.65//		2023-07-22
        upstage/solar-pro-3	Solar Pro 3	rtc	128000	128000	0.15/0.6/0.015/		2026-01-27
        writer/palmyra-x5	Palmyra X5	t	1040000	8192	0.6/6//		2026-01-21
        x-ai/grok-4.20	Grok 4.20	irtc	2000000	2000000	1.25/2.5/0.2/		2026-03-31
        x-ai/grok-4.20-multi-agent	Grok 4.20 Multi-Agent	irt	2000000	2000000	1.25/2.5/0.2/	effort=low,high	2026-03-31
        x-ai/grok-4.3	Grok 4.3	irtc	1000000	1000000	1.25/2.5/0.2/ 200000:2.5/5/0.4/	effort=none,low,medium,high	2026-04-17
        x-ai/grok-build-0.1	Grok Build 0.1	irtc	256000	256000	1/2/0.2/		2026-04-16
        xiaomi/mimo-v2.5	MiMo-V2.5	irtc	32000	131072	0.105/0.28//	toggle	2026-04-22
        xiaomi/mimo-v2.5-pro	MiMo-V2.5-Pro	rtc	1048576	131072	0.435/0.87/0.0036/	toggle	2026-04-22
        z-ai/glm-4.5	GLM-4.5	rtc	131072	98304	0.6/2.2/0.11/	toggle	2025-07-28
        z-ai/glm-4.5-air	GLM-4.5-Air	rtc	131072	98304	0.13/0.85/0.025/	toggle	2025-07-28
        z-ai/glm-4.5v	GLM-4.5V	irtc	65536	16384	0.6/1.8/0.11/	toggle	2025-08-11
        z-ai/glm-4.6	GLM-4.6	rtc	202752	131072	0.43/1.74/0.08/		2025-09-30
        z-ai/glm-4.6v	GLM-4.6V	irtc	131072	32768	0.3/0.9/0.055/		2025-12-08
        z-ai/glm-4.7	GLM-4.7	rtc	202752	131072	0.4/1.75/0.08/		2025-12-22
        z-ai/glm-4.7-flash	GLM-4.7-Flash	rtc	202752	16384	0.06/0.4/0.01/		2026-01-19
        z-ai/glm-5	GLM-5	rtc	202752	128000	0.6/1.92/0.12/		2026-02-12
        z-ai/glm-5-turbo	GLM-5-Turbo	rtc	262144	131072	1.2/4/0.24/		2026-03-16
        z-ai/glm-5.1	GLM-5.1	rtc	65536	128000	0.975/4.3//		2026-04-07
        z-ai/glm-5.2	GLM-5.2	rtc	1048576	32768	0.93/3/0.18/	effort=high,xhigh	2026-06-13
        z-ai/glm-5v-turbo	GLM-5V-Turbo	irtc	202752	131072	1.2/4/0.24/		2026-04-01
        ~anthropic/claude-fable-latest	Claude Fable Latest	irc	1000000	128000	10/50/1/12.5	effort=low,medium,high,xhigh,max	2026-06-09
        ~anthropic/claude-haiku-latest	Anthropic Claude Haiku Latest	irtc	200000	64000	1/5/0.1/1.25	toggle budget=1024,63999	2026-04-27
        ~anthropic/claude-opus-latest	Claude Opus Latest	irc	1000000	128000	5/25/0.5/6.25	toggle effort=low,medium,high,xhigh,max	2026-04-21
        ~anthropic/claude-sonnet-latest	Anthropic Claude Sonnet Latest	irc	1000000	128000	2/10/0.2/2.5	toggle effort=low,medium,high,max budget=1024,127999	2026-04-27
        ~google/gemini-flash-latest	Google Gemini Flash Latest	irtc	1048576	65536	1.5/9/0.15/0.083333	effort=minimal,low,medium,high	2026-04-27
        ~google/gemini-pro-latest	Google Gemini Pro Latest	irtc	1048576	65536	2/12/0.2/0.375	effort=low,medium,high	2026-04-27
        ~moonshotai/kimi-latest	MoonshotAI Kimi Latest	irtc	262144	262144	0.55/3.2/0.11/		2026-04-27
        ~openai/gpt-latest	OpenAI GPT Latest	irc	1050000	128000	5/30/0.5/	effort=none,low,medium,high,xhigh	2026-04-27
        ~openai/gpt-mini-latest	OpenAI GPT Mini Latest	irc	400000	128000	0.75/4.5/0.075/	effort=none,low,medium,high,xhigh	2026-04-27
        @perplexity
        sonar	Sonar	t	128000	4096	1/1//		2024-01-01
        sonar-deep-research	Perplexity Sonar Deep Research	r	128000	32768	2/8//	effort=minimal,low,medium,high	2025-02-01
        sonar-pro	Sonar Pro	it	200000	8192	3/15//		2024-01-01
        sonar-reasoning-pro	Sonar Reasoning Pro	irt	128000	4096	2/8//	effort=minimal,low,medium,high	2024-01-01
        @scaleway
        bge-multilingual-gemma2	BGE Multilingual Gemma2		8191	3072	0.1/0//		2024-07-26
        devstral-2-123b-instruct-2512	Devstral 2 123B Instruct (2512)	tcd	256000	16384	0.4/2//		2026-01-07
        gemma-3-27b-it	Gemma-3-27B-IT	irtc	40000	8192	0.25/0.5//		2024-12-01
        gemma-4-26b-a4b-it	Gemma 4 26B A4B IT	irtc	256000	16384	0.25/0.5//	effort=none,low,medium,high	2026-04-01
        glm-5.2	GLM-5.2	rtc	256000	16384	1.8/5.5//	effort=none,low,medium,high	2026-06-13
        gpt-oss-120b	GPT-OSS 120B	rtc	128000	32768	0.15/0.6//	effort=low,medium,high	2024-01-01
        llama-3.3-70b-instruct	Llama-3.3-70B-Instruct	tc	100000	16384	0.9/0.9//		2024-12-06
        mistral-medium-3.5-128b	Mistral Medium 3.5 128B	irtc	256000	16384	1.5/7.5//	effort=none,high	2026-04-29
        mistral-small-3.2-24b-instruct-2506	Mistral Small 3.2 24B Instruct (2506)	itc	128000	32768	0.15/0.35//		2025-06-20
        pixtral-12b-2409	Pixtral 12B 2409	itc	128000	4096	0.2/0.2//		2024-09-25
        qwen3-235b-a22b-instruct-2507	Qwen3 235B A22B Instruct 2507	rtc	260000	16384	0.75/2.25//		2025-07-01
        qwen3-coder-30b-a3b-instruct	Qwen3-Coder 30B-A3B Instruct	tc	128000	32768	0.2/0.8//		2025-04
        qwen3-embedding-8b	Qwen3 Embedding 8B		32768	4096	0.1/0//		2025-25-11
        qwen3.5-397b-a17b	Qwen3.5 397B A17B	irtc	256000	16384	0.6/3.6//	effort=none,low,medium,high	2026-03-17
        qwen3.6-35b-a3b	Qwen3.6 35B A3B	irtc	128000	16384	0.25/1.5//	effort=none,low,medium,high	2026-05-01
        voxtral-small-24b-2507	Voxtral Small 24B 2507	tc	32000	16384	0.15/0.35//		2025-07-01
        whisper-large-v3	Whisper Large v3		0	8192	0.003/0//		2023-09-01
        @togetherai
        LiquidAI/LFM2-24B-A2B	LFM2-24B-A2B	t	32768	32768	0.03/0.12//		2026-02-25
        MiniMaxAI/MiniMax-M2.5	MiniMax-M2.5	rtcd	204800	131072	0.3/1.2/0.06/		2026-02-12
        MiniMaxAI/MiniMax-M2.7	MiniMax-M2.7	rtc	202752	131072	0.3/1.2/0.06/		2026-03-18
        MiniMaxAI/MiniMax-M3	MiniMax-M3	irtc	524288	250000	0.3/1.2/0.06/		2026-06-12
        Qwen/Qwen2.5-7B-Instruct-Turbo	Qwen 2.5 7B Instruct Turbo	tc	32768	32768	0.3/0.3//		2024-09-19
        Qwen/Qwen3-235B-A22B-Instruct-2507-tput	Qwen3 235B A22B Instruct 2507 FP8	tc	262144	262144	0.2/0.6//		2025-07-25
        Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8	Qwen3 Coder 480B A35B Instruct	tcd	262144	262144	2/2//		2025-07-23
        Qwen/Qwen3-Coder-Next-FP8	Qwen3 Coder Next FP8	tcd	262144	262144	0.5/1.2//		2026-02-03
        Qwen/Qwen3.5-397B-A17B	Qwen3.5 397B A17B	irtc	262144	130000	0.6/3.6/0.35/	toggle	2026-02-16
        Qwen/Qwen3.5-9B	Qwen3.5 9B	irtc	262144	65536	0.17/0.25//	toggle	2026-03-03
        Qwen/Qwen3.6-Plus	Qwen3.6 Plus	rtc	1000000	500000	0.5/3//	toggle	2026-04-30
        Qwen/Qwen3.7-Max	Qwen3.7 Max	tc	1000000	500000	1.25/3.75/0.13/		2026-05-21
        deepcogito/cogito-v2-1-671b	Cogito v2.1 671B	rt	163840	163840	1.25/1.25//	toggle	2025-11-13
        deepseek-ai/DeepSeek-R1	DeepSeek-R1	rtd	163839	163839	3/7//		2025-01-20
        deepseek-ai/DeepSeek-V3	DeepSeek-V3	tcd	131072	131072	1.25/1.25//		2024-12-26
        deepseek-ai/DeepSeek-V3-1	DeepSeek V3.1	rtcd	131072	131072	0.6/1.7//	toggle	2025-08-21
        deepseek-ai/DeepSeek-V4-Pro	DeepSeek V4 Pro	rtc	512000	384000	1.74/3.48/0.2/	toggle effort=high,max	2026-04-24
        essentialai/Rnj-1-Instruct	Rnj-1 Instruct	tc	32768	32768	0.15/0.15//		2025-12-05
        google/gemma-3n-E4B-it	Gemma 3N E4B Instruct	t	32768	32768	0.06/0.12//		2025-05-20
        google/gemma-4-31B-it	Gemma 4 31B Instruct	irtc	262144	131072	0.39/0.97//		2026-04-07
        meta-llama/Llama-3.3-70B-Instruct-Turbo	Llama 3.3 70B	tc	131072	131072	0.88/0.88//		2024-12-06
        meta-llama/Meta-Llama-3-8B-Instruct-Lite	Meta Llama 3 8B Instruct Lite	t	8192	8192	0.14/0.14//		2024-04-18
        moonshotai/Kimi-K2.5	Kimi K2.5	irtcd	262144	262144	0.5/2.8//	toggle	2026-01-27
        moonshotai/Kimi-K2.6	Kimi K2.6	irtc	262144	131000	1.2/4.5/0.2/	toggle	2026-04-21
        moonshotai/Kimi-K2.7-Code	Kimi K2.7 Code	rtc	262144	131072	0.95/4/0.19/		2026-06-14
        nvidia/nemotron-3-ultra-550b-a55b	Nemotron 3 Ultra 550B A55B	rtc	512300	512300	0.6/3.6/0.2/	toggle	2026-06-04
        openai/gpt-oss-120b	GPT OSS 120B	rtc	131072	131072	0.15/0.6//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b	GPT OSS 20B	rtc	131072	131072	0.05/0.2//	effort=low,medium,high	2025-08-05
        pearl-ai/gemma-4-31b-it	Pearl AI Gemma 4 31B Instruct	rt	32000	32000	0.28/0.86//		2026-04-07
        zai-org/GLM-5	GLM-5	rtc	202752	131072	1/3.2//	toggle	2026-02-11
        zai-org/GLM-5.1	GLM-5.1	rtc	202752	131072	1.4/4.4//	toggle	2026-04-07
        zai-org/GLM-5.2	GLM-5.2	rtc	262144	164000	1.4/4.4/0.26/	toggle effort=high,max	2026-06-16
        @v0
        v0-1.0-md	v0-1.0-md	irtc	128000	32000	3/15//		2025-05-22
        v0-1.5-lg	v0-1.5-lg	irtc	512000	32000	15/75//		2025-06-09
        v0-1.5-md	v0-1.5-md	irtc	128000	32000	3/15//		2025-06-09
        @vercel
        alibaba/qwen-3-14b	Qwen3-14B	rtc	40960	16384	0.12/0.24//	toggle	2025-04-28
        alibaba/qwen-3-235b	Qwen3 235B A22B Instruct 2507	rtc	262144	16384	0.22/0.88//		2025-04-28
        alibaba/qwen-3-30b	Qwen3-30B-A3B	rtc	40960	16384	0.12/0.5//	toggle	2025-04-28
        alibaba/qwen-3-32b	Qwen 3.32B	rtc	128000	8192	0.16/0.64//	toggle budget=1,38912	2025-04-28
        alibaba/qwen-3.6-max-preview	Qwen 3.6 Max Preview	rtc	240000	64000	1.3/7.8/0.26/1.625	toggle budget=1,131072	2026-04-20
        alibaba/qwen3-235b-a22b-thinking	Qwen3 235B A22B Thinking 2507	irtc	131072	32768	0.4/4//	budget=1,81920	2025-09-23
        alibaba/qwen3-coder	Qwen3 Coder 480B A35B Instruct	rtc	262144	65536	1.5/7.5/0.3/		2025-07-22
        alibaba/qwen3-coder-30b-a3b	Qwen 3 Coder 30B A3B Instruct	rtc	262144	8192	0.15/0.6//		2025-07-31
        alibaba/qwen3-coder-next	Qwen3 Coder Next	rtc	256000	256000	0.5/1.2//		2025-07-22
        alibaba/qwen3-coder-plus	Qwen3 Coder Plus	tc	1000000	65536	1/5/0.2/		2025-07-23
        alibaba/qwen3-embedding-0.6b	Qwen3 Embedding 0.6B	t	32768	32768			2025-11-14
        alibaba/qwen3-embedding-4b	Qwen3 Embedding 4B	t	32768	32768			2025-06-05
        alibaba/qwen3-embedding-8b	Qwen3 Embedding 8B	t	32768	32768			2025-06-05
        alibaba/qwen3-max	Qwen3 Max	tc	262144	32768	1.2/6/0.24/		2025-09-23
        alibaba/qwen3-max-preview	Qwen3 Max Preview	tc	262144	32768	1.2/6/0.24/		2025-09-05
        alibaba/qwen3-max-thinking	Qwen 3 Max Thinking	rtc	256000	65536	1.2/6/0.24/	budget=1,81920	2026-01-23
        alibaba/qwen3-next-80b-a3b-instruct	Qwen3 Next 80B A3B Instruct	tc	131072	32768	0.15/1.2//		2025-09-11
        alibaba/qwen3-next-80b-a3b-thinking	Qwen3 Next 80B A3B Thinking	rtc	131072	32768	0.15/1.2//	budget=1,	2025-09-11
        alibaba/qwen3-vl-235b-a22b-instruct	Qwen3 VL 235B A22B Instruct	it	131072	129024	0.4/1.6//		2025-09-23
        alibaba/qwen3-vl-instruct	Qwen3 VL Instruct	itc	131072	129024	0.4/1.6//		2025-09-23
        alibaba/qwen3-vl-thinking	Qwen3 VL Thinking	irtc	131072	32768	0.4/4//	budget=1,81920	2025-09-23
        alibaba/qwen3.5-flash	Qwen 3.5 Flash	irtc	1000000	64000	0.1/0.4/0.001/0.125	toggle budget=1,81920	2026-02-24
        alibaba/qwen3.5-plus	Qwen 3.5 Plus	irtc	1000000	64000	0.4/2.4/0.04/0.5	toggle budget=1,81920	2026-02-16
        alibaba/qwen3.6-27b	Qwen 3.6 27B	irtc	256000	256000	0.6/3.6//	toggle budget=1,131072	2026-04-22
        alibaba/qwen3.6-plus	Qwen 3.6 Plus	irtc	1000000	64000	0.5/3/0.1/0.625	toggle budget=1,131072	2026-04-02
        alibaba/qwen3.7-max	Qwen 3.7 Max	rtc	991000	64000	1.25/3.75/0.25/1.5625	toggle budget=1,262144	2026-05-21
        alibaba/qwen3.7-plus	Qwen 3.7 Plus	irtc	1000000	64000	0.4/1.6/0.08/0.5	toggle budget=1,262144	2026-06-02
        amazon/nova-2-lite	Nova 2 Lite	irt	1000000	1000000	0.3/2.5/0.075/	toggle effort=low,medium,high	2025-12-02
        amazon/nova-lite	Nova Lite	itc	300000	8192	0.06/0.24/0.015/		2024-12-03
        amazon/nova-micro	Nova Micro	tc	128000	8192	0.035/0.14/0.00875/		2024-12-03
        amazon/nova-pro	Nova Pro	itc	300000	8192	0.8/3.2/0.2/		2024-12-03
        amazon/titan-embed-text-v2	Titan Text Embeddings V2	t	8192	1536			2024-04-30
        anthropic/claude-3-haiku	Claude Haiku 3	itcd	200000	4096	0.25/1.25/0.03/0.3		2024-03-13
        anthropic/claude-3.5-haiku	Claude 3.5 Haiku	itc	200000	8192	0.8/4/0.08/1		2024-11-04
        anthropic/claude-haiku-4.5	Claude Haiku 4.5	irtc	200000	64000	1/5/0.1/1.25	toggle budget=1024,	2025-10-15
        anthropic/claude-opus-4	Claude Opus 4	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-05-22
        anthropic/claude-opus-4.1	Claude Opus 4.1	irtc	200000	32000	15/75/1.5/18.75	budget=1024,	2025-08-05
        anthropic/claude-opus-4.5	Claude Opus 4.5	irtc	200000	64000	5/25/0.5/6.25	toggle budget=1024,	2025-11-24
        anthropic/claude-opus-4.6	Claude Opus 4.6	irtc	1000000	128000	5/25/0.5/6.25	toggle effort=low,medium,high budget=1024,	2026-02-05
        anthropic/claude-opus-4.7	Claude Opus 4.7	irtc	1000000	128000	5/25/0.5/6.25	toggle effort=low,medium,high,xhigh	2026-04-16
        anthropic/claude-opus-4.8	Claude Opus 4.8	irtc	1000000	128000	5/25/0.5/6.25	toggle effort=low,medium,high,xhigh	2026-05-28
        anthropic/claude-sonnet-4	Claude Sonnet 4	irtc	200000	64000	3/15/0.3/3.75	budget=1024,	2025-05-22
        anthropic/claude-sonnet-4.5	Claude Sonnet 4.5	irtc	200000	64000	3/15/0.3/3.75	budget=1024,	2025-09-29
        anthropic/claude-sonnet-4.6	Claude Sonnet 4.6	irtc	1000000	128000	3/15/0.3/3.75 200000:6/22.5/0.6/7.5	toggle effort=low,medium,high budget=1024,	2026-02-17
        anthropic/claude-sonnet-5	Claude Sonnet 5	irtc	1000000	128000	2/10/0.2/2.5	toggle effort=low,medium,high,xhigh	2026-06-29
        arcee-ai/trinity-large-preview	Trinity Large Preview	tc	131000	131000	0.25/1//		2026-01-27
        arcee-ai/trinity-large-thinking	Trinity Large Thinking	rtc	262100	80000	0.25/0.8999999999999999//		2026-04-01
        arcee-ai/trinity-mini	Trinity Mini	t	131072	131072	0.045/0.15//		2025-12-01
        bytedance/seed-1.6	Seed 1.6	irtc	256000	32000	0.25/2/0.05/	toggle	2025-09-01
        bytedance/seed-1.8	Seed 1.8	irtc	256000	64000	0.25/2/0.05/	toggle effort=minimal,low,medium,high	2025-09-01
        cohere/command-a	Command A	tc	256000	8000	2.5/10//		2025-03-13
        cohere/embed-v4.0	Embed v4.0	t	128000	1536			2025-04-15
        cohere/rerank-v3.5	Cohere Rerank 3.5	t	4096	4096			2024-12-02
        cohere/rerank-v4-fast	Cohere Rerank 4 Fast	t	32000	32000			2025-12-11
        cohere/rerank-v4-pro	Cohere Rerank 4 Pro	t	32000	32000			2025-12-11
        deepseek/deepseek-r1	DeepSeek-R1	rtc	128000	32768	1.35/5.4//		2025-01-20
        deepseek/deepseek-v3	DeepSeek V3 0324	tc	163840	163840	0.27/1.12/0.135/		2024-12-26
        deepseek/deepseek-v3.1	DeepSeek-V3.1	rtc	128000	128000	0.6/1.7//	toggle	2025-08-21
        deepseek/deepseek-v3.1-terminus	DeepSeek V3.1 Terminus	rtc	131072	65536	0.27/1/0.135/	toggle	2025-09-22
        deepseek/deepseek-v3.2	DeepSeek V3.2	t	128000	8000	0.28/0.42/0.028/		2025-12-01
        deepseek/deepseek-v3.2-thinking	DeepSeek V3.2 Thinking	rtc	128000	8000	0.62/1.85//		2025-12-01
        deepseek/deepseek-v4-flash	DeepSeek V4 Flash	rtc	1000000	384000	0.14/0.28/0.0028/	toggle effort=high,xhigh	2026-04-23
        deepseek/deepseek-v4-pro	DeepSeek V4 Pro	rtc	1000000	384000	0.435/0.87/0.0036/	toggle effort=high,xhigh	2026-04-23
        google/gemini-2.5-flash	Gemini 2.5 Flash	irtc	1048576	65536	0.3/2.5/0.03/	toggle budget=0,24576	2025-06-17
        google/gemini-2.5-flash-image	Nano Banana (Gemini 2.5 Flash Image)	t	32768	65536	0.3/2.5/0.03/		2025-08-26
        google/gemini-2.5-flash-lite	Gemini 2.5 Flash Lite	irtc	1048576	65536	0.1/0.4/0.01/	toggle budget=512,24576	2025-06-17
        google/gemini-2.5-pro	Gemini 2.5 Pro	irtc	1048576	65536	1.25/10/0.125/ 200000:2.5/15/0.25/	budget=128,32768	2025-06-17
        google/gemini-3-flash	Gemini 3 Flash	irtc	1000000	65000	0.5/3/0.05/	effort=minimal,low,medium,high	2025-12-17
        google/gemini-3-pro-image	Nano Banana Pro (Gemini 3 Pro Image)	t	65536	32768	2/12/0.2/		2025-09-01
        google/gemini-3-pro-preview	Gemini 3 Pro Preview	irtc	1000000	64000	2/12/0.2/ 200000:4/18/0.4/	effort=low,high	2025-11-18
        google/gemini-3.1-flash-image	Gemini 3.1 Flash Image (Nano Banana 2)	irt	131072	32768	0.5/3/0.05/	effort=minimal,high	2026-05-28
        google/gemini-3.1-flash-image-preview	Gemini 3.1 Flash Image Preview (Nano Banana 2)	irt	131072	32768	0.5/3/0.05/	effort=minimal,high	2026-02-26
        google/gemini-3.1-flash-lite	Gemini 3.1 Flash Lite	irtc	1000000	65000	0.25/1.5/0.03/	effort=minimal,low,medium,high	2026-05-07
        google/gemini-3.1-flash-lite-image	Gemini 3.1 Flash Lite Image (Nano Banana 2 Lite)	irt	65536	4096	0.25/1.5/0.03/		2026-06-30
        google/gemini-3.1-flash-lite-preview	Gemini 3.1 Flash Lite Preview	irtc	1000000	65000	0.25/1.5/0.03/	effort=minimal,low,medium,high	2026-03-03
        google/gemini-3.1-pro-preview	Gemini 3.1 Pro Preview	irtc	1000000	64000	2/12/0.2/	effort=low,medium,high	2025-11-18
        google/gemini-3.5-flash	Gemini 3.5 Flash	irtc	1000000	64000	1.5/9/0.15/	effort=minimal,low,medium,high	2026-05-19
        google/gemini-embedding-001	Gemini Embedding 001	t	8192	1536			2025-05-20
        google/gemma-4-26b-a4b-it	Gemma 4 26B A4B IT	irtc	262144	131072	0.15/0.6/0.015/		2026-04-02
        google/gemma-4-31b-it	Gemma 4 31B IT	itc	262144	131072	0.14/0.4//		2026-04-02
        google/text-embedding-005	Text Embedding 005	t	8192	1536			2024-08-01
        google/text-multilingual-embedding-002	Text Multilingual Embedding 002	t	8192	1536			2024-03-01
        inception/mercury-2	Mercury 2	rtc	128000	128000	0.25/0.75/0.024999999999999998/	effort=low,medium,high	2026-02-24
        inception/mercury-coder-small	Mercury Coder Small Beta	tc	32000	16384	0.25/1//		2025-02-26
        interfaze/interfaze-beta	Interfaze Beta	irt	1000000	32000	1.5/3.5//	effort=low,medium,high	2025-10-07
        kwaipilot/kat-coder-pro-v1	KAT-Coder-Pro V1	rt	256000	32000	0.3/1.2/0.06/		2025-11-09
        kwaipilot/kat-coder-pro-v2	Kat Coder Pro V2	rtc	256000	256000	0.3/1.2/0.06/		2026-03-27
        meituan/longcat-flash-chat	LongCat Flash Chat	tc	128000	100000			2025-09-01
        meituan/longcat-flash-thinking-2601	LongCat Flash Thinking 2601	rt	32768	32768		toggle	2026-01-15
        meta/llama-3.1-70b	Llama 3.1 70B Instruct	tc	128000	8192	0.72/0.72//		2024-07-23
        meta/llama-3.1-8b	Llama 3.1 8B Instruct	tc	128000	8192	0.22/0.22//		2024-07-23
        meta/llama-3.2-11b	Llama 3.2 11B Vision Instruct	itc	128000	8192	0.16/0.16//		2024-09-25
        meta/llama-3.2-1b	Llama 3.2 1B Instruct	t	128000	8192	0.1/0.1//		2024-09-25
        meta/llama-3.2-3b	Llama 3.2 3B Instruct	t	128000	8192	0.15/0.15//		2024-09-25
        meta/llama-3.2-90b	Llama 3.2 90B Vision Instruct	itc	128000	8192	0.72/0.72//		2024-09-25
        meta/llama-3.3-70b	Llama-3.3-70B-Instruct	tc	128000	4096	0/0//		2024-12-06
        meta/llama-4-maverick	Llama-4-Maverick-17B-128E-Instruct-FP8	itc	128000	4096	0/0//		2025-04-05
        meta/llama-4-scout	Llama-4-Scout-17B-16E-Instruct-FP8	itc	128000	4096	0/0//		2025-04-05
        minimax/minimax-m2	MiniMax M2	rtc	205000	205000	0.3/1.2/0.03/0.375		2025-10-27
        minimax/minimax-m2.1	MiniMax M2.1	rtc	204800	131072	0.3/1.2/0.03/0.375		2025-12-23
        minimax/minimax-m2.1-lightning	MiniMax M2.1 Lightning	rtc	204800	131072	0.3/2.4/0.03/0.375		2025-12-23
        minimax/minimax-m2.5	MiniMax M2.5	rtc	204800	131000	0.3/1.2/0.03/0.375		2026-02-12
        minimax/minimax-m2.5-highspeed	MiniMax M2.5 High Speed	rtc	204800	131000	0.6/2.4/0.03/0.375		2026-02-12
        minimax/minimax-m2.7	Minimax M2.7	rtc	204800	131000	0.3/1.2/0.06/0.375		2026-03-18
        minimax/minimax-m2.7-highspeed	MiniMax M2.7 High Speed	rtc	204800	131100	0.6/2.4/0.06/0.375		2026-03-18
        minimax/minimax-m3	MiniMax M3	irtc	1000000	1000000	0.3/1.2/0.06/	toggle	2026-05-31
        mistral/codestral	Codestral (latest)	tc	256000	4096	0.3/0.9//		2024-05-29
        mistral/codestral-embed	Codestral Embed	t	8192	1536			2025-05-28
        mistral/devstral-2	Devstral 2	tc	256000	256000	0.4/2//		2025-12-09
        mistral/devstral-small	Devstral Small 1.1	tc	128000	64000	0.1/0.3//		2025-05-21
        mistral/devstral-small-2	Devstral Small 2	itc	256000	256000	0.1/0.3//		2025-12-09
        mistral/magistral-medium	Magistral Medium (latest)	rtc	128000	16384	2/5//		2025-03-17
        mistral/magistral-small	Magistral Small	rtc	128000	128000	0.5/1.5//		2025-03-17
        mistral/ministral-14b	Ministral 14B	it	256000	256000	0.2/0.2//		2025-12-02
        mistral/ministral-3b	Ministral 3B (latest)	tc	128000	128000	0.04/0.04//		2024-10-01
        mistral/ministral-8b	Ministral 8B (latest)	tc	128000	128000	0.1/0.1//		2024-10-01
        mistral/mistral-embed	Mistral Embed	t	8192	1536			2023-12-11
        mistral/mistral-large-3	Mistral Large 3	it	256000	256000	0.5/1.5//		2025-12-02
        mistral/mistral-medium	Mistral Medium 3.1	itc	128000	64000	0.4/2//		2025-05-07
        mistral/mistral-medium-3.5	Mistral Medium Latest	irtc	256000	256000	1.5/7.5//	effort=none,high	2026-04-29
        mistral/mistral-nemo	Mistral Nemo	tc	128000	128000	0.15/0.15//		2024-07-18
        mistral/mistral-small	Mistral Small (latest)	itc	32000	4000	0.1/0.3//		2024-09-17
        mistral/pixtral-12b	Pixtral 12B	itc	128000	128000	0.15/0.15//		2024-09-01
        mistral/pixtral-large	Pixtral Large (latest)	itc	128000	128000	2/6//		2024-11-01
        moonshotai/kimi-k2	Kimi K2 Instruct	tc	131072	131072	0.57/2.3//		2025-07-11
        moonshotai/kimi-k2-thinking	Kimi K2 Thinking	rtc	216144	216144	0.47/2/0.141/		2025-11-06
        moonshotai/kimi-k2.5	Kimi K2.5	irtc	262114	262114	0.6/3/0.1/	toggle	2026-01-26
        moonshotai/kimi-k2.6	Kimi K2.6	irtc	262000	262000	0.95/4/0.16/	toggle	2026-04-20
        moonshotai/kimi-k2.7-code	Kimi K2.7 Code	irtc	256000	32768	0.95/4/0.19/		2026-06-12
        moonshotai/kimi-k2.7-code-highspeed	Kimi K2.7 Code High Speed	irtc	262144	32768	1.9/8/0.38/		2026-06-15
        morph/morph-v3-fast	Morph v3 Fast		16000	16000	0.8/1.2//		2024-08-15
        morph/morph-v3-large	Morph v3 Large		32000	32000	0.9/1.9//		2024-08-15
        nvidia/nemotron-3-nano-30b-a3b	Nemotron 3 Nano 30B A3B	rt	262144	262144	0.05/0.24//	toggle	2025-12-15
        nvidia/nemotron-3-super-120b-a12b	NVIDIA Nemotron 3 Super 120B A12B	rt	256000	32000	0.15/0.65//	toggle	2026-03-11
        nvidia/nemotron-3-ultra-550b-a55b	Nemotron 3 Ultra	rtc	1000000	65000	0.6/2.4/0.12/	toggle	2026-06-04
        nvidia/nemotron-nano-12b-v2-vl	Nvidia Nemotron Nano 12B V2 VL	irtc	131072	131072	0.2/0.6//	toggle	2025-10-28
        nvidia/nemotron-nano-9b-v2	Nvidia Nemotron Nano 9B V2	rtc	131072	131072	0.06/0.23//	toggle	2025-08-18
        openai/gpt-3.5-turbo	GPT-3.5 Turbo	t	16385	4096	0.5/1.5//		2023-03-01
        openai/gpt-3.5-turbo-instruct	GPT-3.5 Turbo Instruct	t	8192	4096	1.5/2//		2023-09-18
        openai/gpt-4-turbo	GPT-4 Turbo	itc	128000	4096	10/30//		2023-11-06
        openai/gpt-4.1	GPT-4.1	itc	1047576	32768	2/8/0.5/		2025-04-14
        openai/gpt-4.1-mini	GPT-4.1 mini	itc	1047576	32768	0.4/1.6/0.1/		2025-04-14
        openai/gpt-4.1-nano	GPT-4.1 nano	itc	1047576	32768	0.1/0.4/0.025/		2025-04-14
        openai/gpt-4o	GPT-4o	itc	128000	16384	2.5/10/1.25/		2024-05-13
        openai/gpt-4o-mini	GPT-4o mini	itc	128000	16384	0.15/0.6/0.075/		2024-07-18
        openai/gpt-4o-mini-search-preview	GPT 4o Mini Search Preview	t	128000	16384	0.15/0.6//		2025-03-12
        openai/gpt-5	GPT-5	irc	400000	128000	1.25/10/0.125/	effort=minimal,low,medium,high	2025-08-07
        openai/gpt-5-chat	GPT-5 Chat	irtc	128000	16384	1.25/10/0.125/		2025-08-07
        openai/gpt-5-codex	GPT-5-Codex	irc	400000	128000	1.25/10/0.125/	effort=low,medium,high	2025-09-15
        openai/gpt-5-mini	GPT-5 Mini	irc	400000	128000	0.25/2/0.025/	effort=minimal,low,medium,high	2025-08-07
        openai/gpt-5-nano	GPT-5 Nano	irc	400000	128000	0.05/0.4/0.005/	effort=minimal,low,medium,high	2025-08-07
        openai/gpt-5-pro	GPT-5 pro	irtc	400000	272000	15/120//	effort=high	2025-10-06
        openai/gpt-5.1-codex	GPT-5.1-Codex	irtc	400000	128000	1.25/10/0.125/	effort=low,medium,high	2025-11-12
        openai/gpt-5.1-codex-max	GPT 5.1 Codex Max	irtc	400000	128000	1.25/10/0.125/	effort=low,medium,high,xhigh	2025-11-19
        openai/gpt-5.1-codex-mini	GPT-5.1 Codex mini	irtc	400000	128000	0.25/2/0.025/	effort=low,medium,high	2025-11-12
        openai/gpt-5.1-instant	GPT-5.1 Instant	itc	128000	16384	1.25/10/0.125/		2025-11-12
        openai/gpt-5.1-thinking	GPT 5.1 Thinking	irtc	400000	128000	1.25/10/0.125/	effort=none,low,medium,high	2025-11-12
        openai/gpt-5.2	GPT-5.2	irtc	400000	128000	1.75/14/0.175/	effort=none,low,medium,high,xhigh	2025-12-11
        openai/gpt-5.2-chat	GPT-5.2 Chat	itc	128000	16384	1.75/14/0.175/		2025-12-11
        openai/gpt-5.2-codex	GPT-5.2-Codex	irtc	400000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2025-12-18
        openai/gpt-5.2-pro	GPT 5.2 	irtc	400000	128000	21/168//	effort=medium,high,xhigh	2025-12-11
        openai/gpt-5.3-chat	GPT-5.3 Chat	itc	128000	16384	1.75/14/0.175/		2026-03-03
        openai/gpt-5.3-codex	GPT 5.3 Codex	irtc	400000	128000	1.75/14/0.175/	effort=low,medium,high,xhigh	2026-02-05
        openai/gpt-5.4	GPT 5.4	irtc	1050000	128000	2.5/15/0.25/	effort=none,low,medium,high,xhigh	2026-03-05
        openai/gpt-5.4-mini	GPT 5.4 Mini	irtc	400000	128000	0.75/4.5/0.075/	effort=none,low,medium,high,xhigh	2026-03-17
        openai/gpt-5.4-nano	GPT 5.4 Nano	irtc	400000	128000	0.2/1.25/0.02/	effort=none,low,medium,high,xhigh	2026-03-17
        openai/gpt-5.4-pro	GPT 5.4 Pro	irtc	1050000	128000	30/180//	effort=medium,high,xhigh	2026-03-05
        openai/gpt-5.5	GPT 5.5	irtc	1000000	128000	5/30/0.5/	effort=none,low,medium,high,xhigh	2026-04-24
        openai/gpt-5.5-pro	GPT 5.5 Pro	irtc	1000000	128000	30/180//	effort=medium,high,xhigh	2026-04-24
        openai/gpt-oss-120b	GPT OSS 120B	rtc	131072	131072	0.1/0.5//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-20b	GPT OSS 20B	rtc	131072	8192	0.05/0.2//	effort=low,medium,high	2025-08-05
        openai/gpt-oss-safeguard-20b	gpt-oss-safeguard-20b	rtc	131072	65536	0.075/0.3/0.037/	effort=low,medium,high	2025-10-29
        openai/o1	o1	irc	200000	100000	15/60/7.5/	effort=low,medium,high	2024-12-05
        openai/o3	o3	irc	200000	100000	2/8/0.5/	effort=low,medium,high	2025-04-16
        openai/o3-deep-research	o3-deep-research	irtc	200000	100000	10/40/2.5/	effort=medium	2025-06-26
        openai/o3-mini	o3-mini	rc	200000	100000	1.1/4.4/0.55/	effort=low,medium,high	2024-12-20
        openai/o3-pro	o3 Pro	irtc	200000	100000	20/80//	effort=low,medium,high	2025-06-10
        openai/o4-mini	o4-mini	irc	200000	100000	1.1/4.4/0.275/	effort=low,medium,high	2025-04-16
        openai/text-embedding-3-large	text-embedding-3-large	t	8192	1536			2024-01-25
        openai/text-embedding-3-small	text-embedding-3-small	t	8192	1536			2024-01-25
        openai/text-embedding-ada-002	text-embedding-ada-002	t	8192	1536			2022-12-15
        perplexity/sonar	Sonar	itc	127000	8000			2025-02-19
        perplexity/sonar-pro	Sonar Pro	itc	200000	8000			2025-02-19
        perplexity/sonar-reasoning-pro	Sonar Reasoning Pro	rt	127000	8000		effort=minimal,low,medium,high	2025-02-19
        sakana/fugu-ultra	Fugu Ultra	irtc	1000000	1000000	5/30/0.5/		2026-06-21
        stepfun/step-3.5-flash	StepFun 3.5 Flash	rtc	262114	262114	0.09/0.3/0.02/	effort=low,medium,high	2026-01-29
        stepfun/step-3.7-flash	Step 3.7 Flash	irtc	256000	256000	0.2/1.15/0.04/	effort=low,medium,high	2026-05-28
        voyage/rerank-2.5	Voyage Rerank 2.5	t	32000	32000			2025-08-11
        voyage/rerank-2.5-lite	Voyage Rerank 2.5 Lite	t	32000	32000			2025-08-11
        voyage/voyage-3-large	voyage-3-large	t	8192	1536			2025-01-07
        voyage/voyage-3.5	voyage-3.5	t	8192	1536			2025-05-20
        voyage/voyage-3.5-lite	voyage-3.5-lite	t	8192	1536			2025-05-20
        voyage/voyage-code-2	voyage-code-2	t	8192	1536			2024-01-01
        voyage/voyage-code-3	voyage-code-3	t	8192	1536			2024-12-04
        voyage/voyage-finance-2	voyage-finance-2	t	8192	1536			2024-06-03
        voyage/voyage-law-2	voyage-law-2	t	8192	1536			2024-04-15
        xai/grok-4.1-fast-non-reasoning	Grok 4.1 Fast Non-Reasoning	itc	1000000	1000000	0.2/0.5/0.05/		2025-11-19
        xai/grok-4.1-fast-reasoning	Grok 4.1 Fast Reasoning	irtc	1000000	1000000	0.2/0.5/0.05/		2025-11-19
        xai/grok-4.20-multi-agent	Grok 4.20 Multi-Agent	irtc	2000000	2000000	1.25/2.5/0.2/	effort=low,medium,high,xhigh	2026-03-10
        xai/grok-4.20-multi-agent-beta	Grok 4.20 Multi Agent Beta	irtc	2000000	2000000	1.25/2.5/0.2/	effort=low,medium,high,xhigh	2026-03-11
        xai/grok-4.20-non-reasoning	Grok 4.20 Non-Reasoning	itc	2000000	2000000	1.25/2.5/0.2/		2026-03-10
        xai/grok-4.20-non-reasoning-beta	Grok 4.20 Beta Non-Reasoning	itc	2000000	2000000	1.25/2.5/0.4/		2026-03-11
        xai/grok-4.20-reasoning	Grok 4.20 Reasoning	irtc	2000000	2000000	1.25/2.5/0.2/		2026-03-10
        xai/grok-4.20-reasoning-beta	Grok 4.20 Beta Reasoning	irtc	2000000	2000000	1.25/2.5/0.2/		2026-03-11
        xai/grok-4.3	Grok 4.3	irtc	1000000	1000000	1.25/2.5/0.2/	effort=none,low,medium,high	2026-04-30
        xai/grok-build-0.1	Grok Build 0.1	irtc	256000	256000	1/2/0.2/		2026-05-20
        xiaomi/mimo-v2-flash	MiMo V2 Flash	rtc	262144	32000	0.1/0.3/0.01/	toggle	2025-12-16
        xiaomi/mimo-v2-pro	MiMo V2 Pro	rtc	1000000	128000	1/3/0.2/	toggle	2026-03-18
        xiaomi/mimo-v2.5	MiMo M2.5	irtc	1050000	131100	0.14/0.28/0.0028/	toggle	2026-04-22
        xiaomi/mimo-v2.5-pro	MiMo V2.5 Pro	rtc	1050000	131000	0.435/0.87/0.0036/	toggle	2026-04-22
        zai/glm-4.5	GLM 4.5	rtc	128000	96000	0.6/2.2/0.11/	toggle	2025-07-28
        zai/glm-4.5-air	GLM 4.5 Air	rtc	128000	96000	0.2/1.1/0.03/	toggle	2025-07-28
        zai/glm-4.5v	GLM 4.5V	irtc	66000	16000	0.6/1.8/0.11/	toggle	2025-08-11
        zai/glm-4.6	GLM 4.6	rtc	200000	96000	0.6/2.2/0.11/	toggle	2025-09-30
        zai/glm-4.6v	GLM-4.6V	irtc	128000	24000	0.3/0.9/0.05/	toggle	2025-09-30
        zai/glm-4.6v-flash	GLM-4.6V-Flash	irtc	128000	24000		toggle	2025-09-30
        zai/glm-4.7	GLM 4.7	rtc	200000	120000	0.6/2.2/0.12/	toggle	2025-12-22
        zai/glm-4.7-flash	GLM 4.7 Flash	rtc	200000	131000	0.07/0.4//	toggle	2026-01-19
        zai/glm-4.7-flashx	GLM 4.7 FlashX	rtc	200000	128000	0.06/0.4/0.01/	toggle	2026-01-19
        zai/glm-5	GLM-5	rtc	202800	131100	0.95/3.15/0.2/	toggle	2026-02-12
        zai/glm-5-turbo	GLM 5 Turbo	rtc	202800	131100	1.2/4/0.24/	toggle	2026-03-15
        zai/glm-5.1	GLM 5.1	rtc	202000	202000	1.3/4.3/0.26/	toggle	2026-04-07
        zai/glm-5.2	GLM 5.2	rtc	1000000	128000	1.5/4.5/0.3/	toggle effort=high,xhigh	2026-06-16
        zai/glm-5.2-fast	GLM 5.2 Fast	rtc	1000000	128000	3/10.25/0.5/	toggle effort=high,xhigh	2026-06-16
        zai/glm-5v-turbo	GLM 5V Turbo	irtc	200000	128000	1.2/4/0.24/	toggle	2026-04-01
        @xai
        grok-4.20-0309-non-reasoning	Grok 4.20 (Non-Reasoning)	itc	1000000	30000	1.25/2.5/0.2/ 200000:2.5/5/0.4/		2026-03-09
        grok-4.20-0309-reasoning	Grok 4.20 (Reasoning)	irtc	1000000	30000	1.25/2.5/0.2/ 200000:2.5/5/0.4/		2026-03-09
        grok-4.20-multi-agent-0309	Grok 4.20 Multi-Agent	irt	1000000	30000	1.25/2.5/0.2/ 200000:2.5/5/0.4/	effort=low,medium,high,xhigh	2026-03-09
        grok-4.3	Grok 4.3	irtc	1000000	30000	1.25/2.5/0.2/ 200000:2.5/5/0.4/	effort=none,low,medium,high	2026-04-17
        grok-build-0.1	Grok Build 0.1	irtc	256000	256000	1/2/0.2/ 200000:2/4/0.4/		2026-04-16
        @xiaomi
        mimo-v2-flash	MiMo-V2-Flash	rtcd	262144	65536	0.14/0.28/0.0028/	toggle	2025-12-16
        mimo-v2-omni	MiMo-V2-Omni	irtcd	262144	131072	0.14/0.28/0.0028/	toggle	2026-03-18
        mimo-v2-pro	MiMo-V2-Pro	rtcd	1048576	131072	0.435/0.87/0.0036/	toggle	2026-03-18
        mimo-v2.5	MiMo-V2.5	irtc	1048576	131072	0.14/0.28/0.0028/	toggle	2026-04-22
        mimo-v2.5-pro	MiMo-V2.5-Pro	rtc	1048576	131072	0.435/0.87/0.0036/	toggle	2026-04-22
        mimo-v2.5-pro-ultraspeed	MiMo-V2.5-Pro-UltraSpeed	rtc	1048576	131072	1.305/2.61/0.0108/	toggle	2026-06-08
        @zai
        glm-4.5	GLM-4.5	rtc	131072	98304	0.6/2.2/0.11/0	toggle	2025-07-28
        glm-4.5-air	GLM-4.5-Air	rtc	131072	98304	0.2/1.1/0.03/0	toggle	2025-07-28
        glm-4.5-flash	GLM-4.5-Flash	rtc	131072	98304	0/0/0/0	toggle	2025-07-28
        glm-4.5v	GLM-4.5V	irtc	64000	16384	0.6/1.8//	toggle	2025-08-11
        glm-4.6	GLM-4.6	rtc	204800	131072	0.6/2.2/0.11/0	toggle	2025-09-30
        glm-4.6v	GLM-4.6V	irtc	128000	32768	0.3/0.9//	toggle	2025-12-08
        glm-4.7	GLM-4.7	rtc	204800	131072	0.6/2.2/0.11/0	toggle	2025-12-22
        glm-4.7-flash	GLM-4.7-Flash	rtc	200000	131072	0/0/0/0	toggle	2026-01-19
        glm-4.7-flashx	GLM-4.7-FlashX	rtc	200000	131072	0.07/0.4/0.01/0	toggle	2026-01-19
        glm-5	GLM-5	rtc	204800	131072	1/3.2/0.2/0	toggle	2026-02-12
        glm-5-turbo	GLM-5-Turbo	rtc	200000	131072	1.2/4/0.24/0	toggle	2026-03-16
        glm-5.1	GLM-5.1	rtc	200000	131072	1.4/4.4/0.26/0	toggle	2026-04-07
        glm-5.2	GLM-5.2	rtc	1000000	131072	1.4/4.4/0.26/0	effort=high,max	2026-06-13
        glm-5v-turbo	GLM-5V-Turbo	irtc	200000	131072	1.2/4/0.24/0	toggle	2026-04-01
        @zai-coding-plan
        glm-4.5-air	GLM-4.5-Air	rtc	131072	98304	0/0/0/0	toggle	2025-07-28
        glm-4.7	GLM-4.7	rtc	204800	131072	0/0/0/0	toggle	2025-12-22
        glm-5-turbo	GLM-5-Turbo	rtc	200000	131072	0/0/0/0	toggle	2026-03-16
        glm-5.1	GLM-5.1	rtc	200000	131072	0/0/0/0	toggle	2026-03-27
        glm-5.2	GLM-5.2	rtc	1000000	131072	0/0/0/0	effort=high,max	2026-06-13
        glm-5v-turbo	GLM-5V-Turbo	irtc	200000	131072	0/0/0/0	toggle	2026-04-01
        """#
}
