Console.WriteLine("Equilibrage.Bench");
