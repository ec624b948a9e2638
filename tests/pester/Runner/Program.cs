using DeepsetCloud.Pester;
using DeepsetCloud.Pester.Runner;
using Microsoft.Testing.Platform.Builder;

ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(args);
builder.RegisterTestFramework(_ => new Capabilities(), (_, _) => new PesterFramework());
builder.AddSelfRegisteredExtensions(args);
using ITestApplication application = await builder.BuildAsync();
return await application.RunAsync();
