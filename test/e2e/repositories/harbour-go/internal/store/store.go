package store

type Ship struct {
	Name  string `json:"name"`
	Berth int    `json:"berth"`
}

type Store struct{ ships []Ship }

func New() *Store {
	return &Store{ships: []Ship{{"Antje", 1}, {"Wellenreiter", 3}}}
}

func (s *Store) All() []Ship { return s.ships }
