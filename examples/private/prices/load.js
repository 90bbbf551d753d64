console.log(`prices loaded${process.argv[2] === undefined ? "" : ` from ${process.argv[2]}`}`);
